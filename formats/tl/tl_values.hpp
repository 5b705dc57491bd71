#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::formats {

// The tl-data of principals besides KADM_DATA and those of master keys (MIT lib/kdb/kdb5.c).

/// LAST_PWD_CHANGE, type 1, and LAST_ADMIN_UNLOCK, type 0x700: seconds since 1970 (unsigned since MIT 1.16).
/// `what` is for errors: a literal.
Result<std::uint32_t> decode_time(std::string_view hex, const char* what);

/// MOD_PRINC, type 2: who changed the principal last, and when.
struct LastModification {
    std::uint32_t time = 0;  ///< seconds since 1970
    std::string by;          ///< a principal, unparsed
    bool operator==(const LastModification&) const = default;
};
/// Capacity of `into` is used again.
Result<void> decode_last_modification(std::string_view hex, LastModification& into);

/// STRING_ATTRS, type 11: what kadmin's setstr sets, in the order of the bytes.
struct StringAttribute {
    std::string name;
    std::string value;
    bool operator==(const StringAttribute&) const = default;
};
Result<std::vector<StringAttribute>> decode_string_attributes(std::string_view hex);

/// ALIAS_TARGET, type 12 (MIT 1.22): the principal, unparsed, that an alias stands for.
Result<std::string> decode_alias_target(std::string_view hex);

}  // namespace kpropgw::formats
