#pragma once
// Private to gateway/krb.
#include <span>

#include "gateway/krb/context.hpp"

namespace kpropgw::krb {

struct SessionState {
    Context context;
    AuthContext auth;
};

/// Gives a fresh auth context sequence numbers without time, and the machine's own address of this connection:
/// 4 or 16 octets. The peer's address is never set, so NAT does not matter (kprop 1.19 and older check ours).
Result<void> prepare(const Context& context, const AuthContext& auth, std::span<const unsigned char> local_address);

Result<AuthContext> make_auth_context(const Context& context);

}  // namespace kpropgw::krb
