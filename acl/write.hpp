#pragma once
#include <string>
#include <string_view>

#include "acl/acl.hpp"

namespace kpropgw::acl {

/// The three-field file, a line an entry; parse() gives the same Acl back. UTF-8, of the invariant characters only.
std::string to_zos_text(const Acl& acl);

/// MIT's kpropd.acl (kpropd(8)): `host/NAME@REALM` for every server, so that any of them may become the primary. Roles
/// and ports have no place there, and the encryption type none with the same meaning (MIT's is of the service key).
std::string to_mit_text(const Acl& acl, std::string_view realm);

}  // namespace kpropgw::acl
