#pragma once
// Private to gateway/krb: the named causes behind libkrb5's codes.
#include <krb5.h>

#include "base/error.hpp"

namespace kpropgw::krb {

/// Whose key a ticket was made for, which the code alone does not say.
enum class KeyOf { gateway, peer };

/// `error` with the cause that `code` means; as it is where the code has none.
Error with_cause(const Error& error, krb5_error_code code, KeyOf key);

}  // namespace kpropgw::krb
