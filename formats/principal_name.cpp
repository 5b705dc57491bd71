#include "formats/principal_name.hpp"

namespace kpropgw::formats {

std::optional<std::string_view> problem_of_principal_name(std::string_view name) {
    bool in_realm = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
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
