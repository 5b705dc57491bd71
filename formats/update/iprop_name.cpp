#include "formats/update/iprop_name.hpp"

namespace kpropgw::formats {
namespace {

/// What stands after the backslash, and for which byte (MIT lib/krb5/krb/parse.c, unparse.c).
constexpr struct {
    char letter;
    char byte;
} escapes[] = {{'n', '\n'}, {'t', '\t'}, {'b', '\b'}, {'0', '\0'}, {'\\', '\\'}, {'/', '/'}, {'@', '@'}};

char byte_of(char letter) {
    for (const auto& escape : escapes) {
        if (escape.letter == letter) return escape.byte;
    }
    return letter;
}

void append_escaped(std::string& out, std::string_view part) {
    for (const char byte : part) {
        char written = byte;
        for (const auto& escape : escapes) {
            if (escape.byte != byte) continue;
            out += '\\';
            written = escape.letter;
        }
        out += written;
    }
}

}  // namespace

IpropName take_apart(std::string_view name) {
    IpropName taken;
    taken.components.emplace_back();
    bool in_realm = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        std::string& part = in_realm ? taken.realm : taken.components.back();
        if (name[i] == '\\' && i + 1 < name.size()) {
            part += byte_of(name[++i]);
        } else if (name[i] == '/') {
            taken.components.emplace_back();
        } else if (name[i] == '@') {
            in_realm = true;
        } else {
            part += name[i];
        }
    }
    return taken;
}

std::string put_together(const IpropName& name) {
    std::string out;
    for (const std::string& component : name.components) {
        if (&component != &name.components.front()) out += '/';
        append_escaped(out, component);
    }
    out += '@';
    append_escaped(out, name.realm);
    return out;
}

}  // namespace kpropgw::formats
