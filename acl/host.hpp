#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace kpropgw::acl {

/// A part of a line and what is wrong with it.
struct Fault {
    std::string_view where;  ///< points into the line; empty at its end
    std::string text;
};

/// What keeps `host` from being a DNS name (RFC 1123, 2.1), or absent. Names of the field only: no address, no
/// underscore, no last dot. The 253 characters of a whole name need no look: a line of the file has no room for more.
std::optional<Fault> check_host(std::string_view host);

}  // namespace kpropgw::acl
