#include "gateway/events/line.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "gateway/events/field.hpp"

namespace kpropgw::events {
namespace {

/// The length of the UTF-8 character that `bytes` begin with (RFC 3629, section 4); 0 when they begin with none.
std::size_t character(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
        return i < bytes.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const unsigned low = first == 0xe0 ? 0xa0 : 0x80;
        const unsigned high = first == 0xed ? 0x9f : 0xbf;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const unsigned low = first == 0xf0 ? 0x90 : 0x80;
        const unsigned high = first == 0xf4 ? 0x8f : 0xbf;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

/// C0, DEL and C1: what a terminal would obey, and line ends.
bool is_control(std::string_view one) {
    const auto first = static_cast<unsigned char>(one[0]);
    if (one.size() == 1) return first < 0x20 || first == 0x7f;
    return one.size() == 2 && first == 0xc2 && static_cast<unsigned char>(one[1]) < 0xa0;
}

void append_hex(std::string& out, std::string_view bytes) {
    for (const char byte : bytes)
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
}

void append_escaped(std::string& out, std::string_view one) {
    if (one == "\"" || one == "\\") {
        out.append("\\").append(one);
    } else if (one == "\n") {
        out += "\\n";
    } else if (is_control(one)) {
        append_hex(out, one);
    } else {
        out += one;
    }
}

bool stands_bare(std::string_view value) {
    constexpr std::string_view marks = "-_.,:;/@+*~%#()[]";
    return !value.empty() && std::all_of(value.begin(), value.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               marks.find(c) != std::string_view::npos;
    });
}

}  // namespace

std::string as_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = character(bytes);
        if (length == 0) {
            append_hex(out, bytes.substr(0, 1));
        } else {
            out += bytes.substr(0, length);
        }
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string quoted_if_needed(std::string_view value) {
    if (stands_bare(value)) return std::string(value);
    std::string out = "\"";
    while (!value.empty()) {
        const std::size_t length = character(value);
        if (length == 0) {
            append_hex(out, value.substr(0, 1));
        } else {
            append_escaped(out, value.substr(0, length));
        }
        value.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out += '"';
}

std::string to_line(const Occurrence& occurrence) {
    return to_line(occurrence.event->id, occurrence.fields);
}

std::string to_line(std::string_view id, std::span<const Occurrence::Field> fields) {
    std::string line = "event=" + std::string(id);
    for (const Occurrence::Field& field : fields)
        line.append(" ").append(field.name).append("=").append(quoted_if_needed(field.value));
    return line;
}

std::string Value::text() const {
    if (const auto* text = std::get_if<std::string_view>(&value_)) return std::string(*text);
    return std::visit([](const auto& value) { return fmt::format("{}", value); }, value_);
}

}  // namespace kpropgw::events
