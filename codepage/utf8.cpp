#include "codepage/utf8.hpp"

namespace kpropgw::codepage {
namespace {

/// The offset of the first byte that does not belong to well-formed UTF-8.
std::optional<std::size_t> find_bad_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (begins_with_ascii(text.substr(at))) {
            at += 8;
        } else if (!next_character(text, at)) {
            return at;
        }
    }
    return std::nullopt;
}

class Utf8Converter : public Converter {
    Result<void> to_utf8(std::string_view bytes, std::string& out, std::uint64_t offset) const override {
        if (const auto bad = find_bad_utf8(bytes)) return bad_utf8(bytes, *bad, offset);
        out += bytes;
        return {};
    }
    Result<void> from_utf8(std::string_view text, std::string& out, std::uint64_t offset) const override {
        return to_utf8(text, out, offset);
    }
};

}  // namespace

std::optional<char32_t> next_character(std::string_view text, std::size_t& at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - at < size) return std::nullopt;
    char32_t character = lead & (0x7FU >> size);
    for (std::size_t next = at + 1; next < at + size; ++next) {
        const auto byte = static_cast<unsigned char>(text[next]);
        if ((byte & 0xC0) != 0x80) return std::nullopt;
        character = (character << 6) | (byte & 0x3F);
    }
    const bool is_overlong = character < (size == 4 ? 0x10000U : size == 3 ? 0x800U : 0x80U);
    const bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (is_overlong || is_surrogate || character > 0x10FFFF) return std::nullopt;
    at += size;
    return character;
}

void append_utf8(std::string& text, char32_t character) {
    const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
    const auto add_continuation = [&](unsigned shift) { add(0x80 | ((character >> shift) & 0x3F)); };
    if (character < 0x80) {
        add(character);
    } else if (character < 0x800) {
        add(0xC0 | (character >> 6));
        add_continuation(0);
    } else if (character < 0x10000) {
        add(0xE0 | (character >> 12));
        add_continuation(6);
        add_continuation(0);
    } else {
        add(0xF0 | (character >> 18));
        add_continuation(12);
        add_continuation(6);
        add_continuation(0);
    }
}

bool is_utf8(std::string_view bytes) {
    return !find_bad_utf8(bytes);
}

Error bad_utf8(std::string_view text, std::size_t at, std::uint64_t offset) {
    return undecodable(offset + at, text.substr(at, 1), "UTF-8");
}

ConverterPointer make_utf8_converter() {
    return std::make_unique<Utf8Converter>();
}

}  // namespace kpropgw::codepage
