#pragma once
// Private to gateway/control: what keeps a page that anyone may look at from being used against who looks.
#include <string>
#include <string_view>
#include <vector>

#include "gateway/control/routes.hpp"

namespace kpropgw::control {

/// Whether a request's Host header (RFC 9110, 7.2; a port is ignored) is one that this server is asked by: an address,
/// localhost, or one of `names`. Any other is a name that somebody else's DNS points here, so that a foreign page could
/// read what only this machine may see (DNS rebinding); an address cannot be pointed elsewhere.
bool is_own_host(std::string_view host, const std::vector<std::string>& names);

/// Tells a browser to run, fetch and show nothing that is not the gateway's own, and to keep no answer that does not
/// say otherwise.
void set_safety_headers(Response& response);

}  // namespace kpropgw::control
