#include "gateway/krb/tgt.hpp"

#include "gateway/krb/cause.hpp"

namespace kpropgw::krb {

Result<CredentialsCache> obtain_tgt(const Context& context, const Principal& client, const Keytab& keytab) {
    krb5_ccache raw_cache = nullptr;
    if (const auto code = krb5_cc_new_unique(context.get(), "MEMORY", nullptr, &raw_cache)) {
        return context.failure(code, "credentials cache");
    }
    CredentialsCache cache(context.get(), raw_cache);
    if (const auto code = krb5_cc_initialize(context.get(), cache.get(), client.get())) {
        return context.failure(code, "credentials cache");
    }
    krb5_creds tgt{};
    if (const auto code =
            krb5_get_init_creds_keytab(context.get(), &tgt, client.get(), keytab.get(), 0, nullptr, nullptr)) {
        return with_cause(context.failure(code, "the gateway's own ticket from the KDC"), code, KeyOf::gateway);
    }
    const auto code = krb5_cc_store_cred(context.get(), cache.get(), &tgt);
    krb5_free_cred_contents(context.get(), &tgt);
    if (code) return context.failure(code, "credentials cache");
    return cache;
}

}  // namespace kpropgw::krb
