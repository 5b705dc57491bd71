#pragma once
#include <optional>
#include <string_view>

namespace kpropgw::formats {

/// Bytes of an unparsed name: DB2 keeps its length, a NUL included, in a signed 16-bit field (MIT kdb_xdr.c).
inline constexpr std::size_t longest_principal_name = 32766;

/// What krb5_parse_name would refuse in a name, and so make a secondary refuse the whole dump; nothing when it is fine.
std::optional<std::string_view> problem_of_principal_name(std::string_view name);

/// The part after the unescaped '@', or "" without one.
std::string_view realm_of(std::string_view name);

}  // namespace kpropgw::formats
