#include <fmt/format.h>

#include <algorithm>

#include "acl/acl.hpp"
#include "acl/text.hpp"

namespace kpropgw::acl {
namespace {

/// A terminal must not act on what a file holds.
std::string make_printable(std::string text) {
    for (auto control = find_control_character(text); !control.empty(); control = find_control_character(text)) {
        text.replace(static_cast<std::size_t>(control.data() - text.data()), control.size(), "?");
    }
    return text;
}

}  // namespace

std::string Diagnostic::render() const {
    const std::string_view kind = severity == Severity::error ? "error" : "warning";
    if (line == 0) return fmt::format("{}: {}: {}", file, kind, text);
    const std::string shown = make_printable(source);
    std::string indent;
    for (const char c : first_characters(shown, column - 1)) {
        const bool continues_character = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
        if (!continues_character) indent += c == '\t' ? '\t' : ' ';
    }
    return fmt::format("{}:{}:{}: {}: {}\n{}\n{}^{}", file, line, column, kind, text, shown, indent,
                       std::string(std::max<std::size_t>(length, 1) - 1, '~'));
}

Diagnostic about_host(const Entry& entry, Diagnostic::Severity severity, std::string text, std::string_view utf8,
                      std::string_view file) {
    std::string_view line;
    for (std::size_t number = 0; number < entry.line && !utf8.empty(); ++number)
        line = take_line(utf8);
    const std::size_t blanks = std::min(line.find_first_not_of(" \t"), line.size());
    return {severity, std::string(file), entry.line, blanks + 1, entry.host.size(), std::move(text), std::string(line)};
}

}  // namespace kpropgw::acl
