#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "acl/acl.hpp"

namespace kpropgw::acl {

/// By any name that z/OS or MIT krb5 (lib/crypto/krb/etypes.c) knows it by, in any case.
std::optional<Enctype> parse_enctype(std::string_view name);

/// `; did you mean "aes256-cts"?` or "".
std::string nearest_enctype(std::string_view name);

/// What newer MIT does with session keys of this type; "" when it takes them.
std::string_view describe_weakness(const Enctype& enctype);

}  // namespace kpropgw::acl
