#include "formats/principal_name.hpp"

#include <array>

namespace kpropgw::formats {

namespace {

/// The bytes that a name may not have everywhere, NUL among them.
constexpr auto special = [] {
    std::array<bool, 256> table{};
    for (const unsigned char c : std::initializer_list<unsigned char>{'\\', '@', '/', 0})
        table[c] = true;
    return table;
}();

}  // namespace

std::optional<std::string_view> problem_of_principal_name(std::string_view name) {
    bool in_realm = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!special[static_cast<unsigned char>(name[i])]) continue;
        switch (name[i]) {
            case '\\':
                if (++i == name.size()) return "the name ends in a lone backslash";
                if (name[i] == '\0') return "the name holds a NUL byte, which is written \\0";
                break;
            case '@':
                if (in_realm) return "the name has two realms: an @ inside a component is written \\@";
                in_realm = true;
                break;
            case '/':
                if (in_realm) return "the name has a / in its realm, which is written \\/";
                break;
            case '\0':
                return "the name holds a NUL byte, which is written \\0";
            default:
                break;
        }
    }
    return std::nullopt;
}

std::string_view realm_of(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\\') {
            ++i;
        } else if (name[i] == '@') {
            return name.substr(i + 1);
        }
    }
    return "";
}

}  // namespace kpropgw::formats
