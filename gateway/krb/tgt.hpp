#pragma once
// Private to gateway/krb.
#include "gateway/krb/context.hpp"

namespace kpropgw::krb {

/// A cache in memory with a TGT for `client`, by its key in the keytab. Gone with the object. Blocks on the KDC.
Result<CredentialsCache> obtain_tgt(const Context& context, const Principal& client, const Keytab& keytab);

}  // namespace kpropgw::krb
