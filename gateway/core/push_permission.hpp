#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acl/acl.hpp"

namespace kpropgw::core {

/// Whether `client`, a principal that authenticated, may push the registry of `realm`: it must be host/NAME@REALM
/// with NAME the Primary of the file. Gives NAME; the error is for both operators.
Result<std::string> plan_push(const acl::Acl& acl, std::string_view client, std::string_view realm);

/// Whether an address that resolves back to `names` is `host`'s.
Result<void> check_address(std::string_view host, std::string_view address, const std::vector<std::string>& names);

}  // namespace kpropgw::core
