#include "acl/write.hpp"

#include <fmt/format.h>

#include "acl/text.hpp"

namespace kpropgw::acl {
namespace {

/// Longer ones are not aligned: a line has 255 characters at most.
constexpr std::size_t server_width = 40;
constexpr std::size_t role_width = 7;

std::string to_zos_line(const Entry& entry) {
    const std::string server = entry.port ? fmt::format("{}:{}", entry.host, *entry.port) : entry.host;
    if (!entry.enctype) return fmt::format("{:<{}} {}\n", server, server_width, to_text(entry.role));
    if (server.size() > server_width) {
        return fmt::format("{} {} {}\n", server, to_text(entry.role), entry.enctype->name);
    }
    return fmt::format("{:<{}} {:<{}} {}\n", server, server_width, to_text(entry.role), role_width,
                       entry.enctype->name);
}

}  // namespace

std::string to_zos_text(const Acl& acl) {
    std::string text;
    for (const Entry& entry : acl.entries) {
        text += to_zos_line(entry);
    }
    return text;
}

std::string to_mit_text(const Acl& acl, std::string_view realm) {
    std::string text;
    for (const Entry& entry : acl.entries) {
        text += fmt::format("host/{}@{}\n", entry.host, realm);
    }
    return text;
}

std::string to_zos_text(std::string_view utf8) {
    std::string text;
    text.reserve(utf8.size() + 1);
    while (!utf8.empty()) {
        text += take_line(utf8);
        text += '\n';
    }
    return text;
}

std::vector<Loss> lost_in_mit_text(const Acl& acl, std::string_view utf8) {
    std::vector<Loss> losses;
    auto entry = acl.entries.begin();
    for (std::size_t number = 1; !utf8.empty(); ++number) {
        if (take_line(utf8).starts_with(';')) losses.push_back({number, "comment"});
        if (entry == acl.entries.end() || entry->line != number) continue;
        std::string text = fmt::format("role {}", to_text(entry->role));
        if (entry->port) text += fmt::format(", port {}", *entry->port);
        if (entry->enctype) text += fmt::format(", encryption type {}", entry->enctype->name);
        losses.push_back({number, std::move(text)});
        ++entry;
    }
    return losses;
}

}  // namespace kpropgw::acl
