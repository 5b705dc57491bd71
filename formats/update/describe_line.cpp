#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "base/hex.hpp"
#include "formats/quoted.hpp"
#include "formats/update/describe.hpp"
#include "formats/update/record_kind.hpp"

namespace kpropgw::formats {
namespace {

/// Text as JSON, control characters and quotes escaped; nothing when it is not UTF-8.
std::optional<std::string> json_string(std::string_view text) {
    try {
        return nlohmann::json(text).dump();
    } catch (const nlohmann::json::type_error&) {
        return std::nullopt;
    }
}

std::string member(std::string_view name, std::string_view text) {
    const auto value = json_string(text);
    return value ? fmt::format("\"{}\":{}", name, *value) : fmt::format("\"{}_hex\":\"{}\"", name, to_hex(text));
}

/// A policy's name in a note may hold anything: a line stays a line.
std::string printable(std::string text) {
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    return text;
}

template <class Record>
std::string in_words(const Record& old, const Record& now) {
    std::string text;
    for (const Note& note : describe(old, now)) {
        if (!text.empty()) text += "; ";
        text += printable(to_text(note));
    }
    return text;
}

template <class Record>
std::string summary(RecordKind kind, const Record* old, const Record* now) {
    const std::string what = fmt::format("{} {}", to_text(kind), quoted_name((now ? now : old)->name));
    if (!old) return what + " added";
    if (!now) return what + " removed";
    return what + " changed: " + in_words(*old, *now);
}

template <class Record>
std::string json(RecordKind kind, const Record* old, const Record* now) {
    std::string text =
        fmt::format("{{\"record\":\"{}\",{},\"change\":\"{}\"", to_text(kind), member("name", (now ? now : old)->name),
                    !old   ? "added"
                    : !now ? "removed"
                           : "changed");
    if (old && now) {
        text += ",\"notes\":[";
        const char* between = "";
        for (const Note& note : describe(*old, *now)) {
            text += fmt::format("{}{{{}", between, member("field", note.field));
            if (!note.old.empty()) text += "," + member("old", note.old);
            if (!note.now.empty()) text += "," + member("new", note.now);
            text += '}';
            between = ",";
        }
        text += ']';
    }
    return text + "}";
}

}  // namespace

std::string changes_in_words(const Principal& old, const Principal& now) {
    return in_words(old, now);
}

std::string changes_in_words(const Policy& old, const Policy& now) {
    return in_words(old, now);
}

std::string summary_line(const Principal* old, const Principal* now) {
    return summary(RecordKind::principal, old, now);
}

std::string summary_line(const Policy* old, const Policy* now) {
    return summary(RecordKind::policy, old, now);
}

std::string json_line(const Principal* old, const Principal* now) {
    return json(RecordKind::principal, old, now);
}

std::string json_line(const Policy* old, const Policy* now) {
    return json(RecordKind::policy, old, now);
}

}  // namespace kpropgw::formats
