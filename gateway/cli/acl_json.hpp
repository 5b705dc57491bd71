#pragma once
#include <string>

#include "acl/acl.hpp"

namespace kpropgw::cli {

/// {"servers": [{"line", "host", "port", "role", "enctype": {"name", "number"}}]} in the file's order; port and enctype
/// are null where the file does not give them. docs/acl.md describes it. Ends with a newline.
std::string to_json(const acl::Acl& acl);

}  // namespace kpropgw::cli
