#pragma once
#include <string_view>
#include <vector>

#include "acl/acl.hpp"
#include "gateway/net/dns.hpp"

namespace kpropgw::cli {

/// What DNS says against the hosts of a file: an error for each that does not resolve, warnings for aliases, loopback
/// addresses, and addresses that do not lead back to the name, or to several. `answers` are in the entries' order;
/// `utf8` and `file` are what `acl` was read from.
std::vector<acl::Diagnostic> check_hosts(const acl::Acl& acl, const std::vector<net::DnsHost>& answers,
                                         std::string_view utf8, std::string_view file);

/// 65 when DNS says of any host that it does not exist, else 69 when it did not answer for any, else 0.
int status_of(const std::vector<net::DnsHost>& answers);

}  // namespace kpropgw::cli
