#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace kpropgw::formats {

/// The bits of a principal's attributes by MIT's names without KRB5_KDB_ (kdb.h), as kadmin prints them:
/// "DISALLOW_ALL_TIX REQUIRES_PRE_AUTH"; bits without a name as one number, "0x40000000". "" for none.
std::string attribute_names(std::int32_t attributes);

/// "normal", "special"...; the number for one that MIT has no name for.
std::string salt_type_name(std::int32_t type);

}  // namespace kpropgw::formats
