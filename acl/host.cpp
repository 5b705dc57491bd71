#include "acl/host.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "acl/text.hpp"

namespace kpropgw::acl {
namespace {

constexpr std::size_t longest_label = 63;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool belongs_to_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '.';
}

std::optional<Fault> check_label(std::string_view label, std::string_view host) {
    if (label.empty()) return Fault{host, fmt::format("host \"{}\" has an empty part between its dots", host)};
    if (label.size() > longest_label) {
        return Fault{label,
                     fmt::format("\"{}\" is longer than the {} characters of a DNS label", label, longest_label)};
    }
    if (label.front() == '-' || label.back() == '-') {
        return Fault{label, fmt::format("\"{}\" begins or ends with a hyphen; no part of a DNS name does", label)};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Fault> check_host(std::string_view host) {
    const auto stranger = std::find_if_not(host.begin(), host.end(), belongs_to_name);
    if (stranger != host.end()) {
        const auto character = first_characters({&*stranger, static_cast<std::size_t>(host.end() - stranger)}, 1);
        return Fault{
            character,
            fmt::format("\"{}\" is no character of a DNS name; it has letters, digits, \"-\" and \".\"", character)};
    }
    if (host.size() > 1 && host.ends_with('.')) {
        return Fault{host.substr(host.size() - 1), fmt::format("host \"{}\": leave out the last dot", host)};
    }
    for (std::size_t start = 0; start <= host.size();) {
        const std::size_t end = std::min(host.find('.', start), host.size());
        if (auto fault = check_label(host.substr(start, end - start), host)) return fault;
        start = end + 1;
    }
    const std::string_view last = host.substr(host.rfind('.') + 1);
    if (std::all_of(last.begin(), last.end(), is_digit)) {
        return Fault{host, fmt::format("\"{}\" is an address or a number; write the DNS name of the host", host)};
    }
    return std::nullopt;
}

}  // namespace kpropgw::acl
