#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "acl/acl.hpp"

namespace kpropgw::acl {

/// The three-field file, a line an entry; parse() gives the same Acl back. UTF-8, of the invariant characters only.
std::string to_zos_text(const Acl& acl);

/// A file that parse() takes, with every line as it stands, comments and blanks too, and "\n" behind each.
std::string to_zos_text(std::string_view utf8);

/// MIT's kpropd.acl (kpropd(8)): `host/NAME@REALM` for every server, so that any of them may become the primary. Roles
/// and ports have no place there, and the encryption type none with the same meaning (MIT's is of the service key).
std::string to_mit_text(const Acl& acl, std::string_view realm);

/// What a line says that another form cannot.
struct Loss {
    std::size_t line = 0;  ///< from 1
    std::string text;      ///< "role Replace, port 754"
};

/// What to_mit_text() leaves out of the file that `acl` was read from, in its order.
std::vector<Loss> lost_in_mit_text(const Acl& acl, std::string_view utf8);

}  // namespace kpropgw::acl
