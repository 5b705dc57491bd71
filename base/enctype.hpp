#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kpropgw {

/// What became of an encryption type in MIT krb5.
enum class Strength {
    good,
    des,   ///< gone since 1.18
    des3,  ///< deprecated; since 1.21 for session keys only where allow_des3 is set
    rc4,   ///< deprecated; since 1.21 for session keys only where allow_rc4 is set
};

/// A name of an encryption type; several may have one number, of which the first is MIT's own.
struct EnctypeName {
    std::string_view name;
    std::int32_t number;
    Strength strength;
};

/// Every name that z/OS or MIT krb5 (lib/crypto/krb/etypes.c) knows: the one table of encryption types.
std::span<const EnctypeName> enctype_names();

/// Strength::good for one that is not known.
Strength strength_of_enctype(std::int32_t number);

/// MIT's name, or the number.
std::string enctype_name(std::int32_t number);

}  // namespace kpropgw
