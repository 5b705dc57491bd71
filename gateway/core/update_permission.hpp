#pragma once
#include <string>
#include <string_view>

#include "acl/acl.hpp"
#include "base/error.hpp"

namespace kpropgw::core {

/// The secondary that a client may follow the registry as: kiprop/HOST@REALM or host/HOST@REALM, where kpropd.acl lists
/// HOST as Update. `denied` says why not and what to do.
Result<std::string> permit_updates(const acl::Acl& acl, std::string_view client, std::string_view realm);

}  // namespace kpropgw::core
