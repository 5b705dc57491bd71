#include "formats/quoted.hpp"

#include <fmt/format.h>

namespace kpropgw::formats {
namespace {

constexpr std::size_t longest_shown = 256;

std::string_view shown_part(std::string_view name) {
    const std::size_t tab = name.find('\t');
    if (tab != std::string_view::npos) name = name.substr(0, tab);
    const std::size_t realm = name.find('@');
    if (realm != std::string_view::npos) name = name.substr(0, name.find(' ', realm));
    return name.substr(0, longest_shown);
}

}  // namespace

std::string quoted_name(std::string_view name) {
    const std::string_view shown = shown_part(name);
    std::string text = "\"";
    for (const char c : shown) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            text += fmt::format("\\x{:02x}", byte);
        } else {
            text += c;
        }
    }
    if (shown.size() < name.size()) text += "...";
    return text + "\"";
}

}  // namespace kpropgw::formats
