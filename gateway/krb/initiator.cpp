#include "gateway/krb/initiator.hpp"

#include "gateway/krb/cause.hpp"
#include "gateway/krb/session_state.hpp"
#include "gateway/krb/tgt.hpp"

namespace kpropgw::krb {

Result<Initiated> initiate(const std::string& target, const std::string& keytab_path, const Identity& identity,
                           std::optional<std::int32_t> session_enctype, std::span<const unsigned char> local_address) {
    auto context = Context::create();
    if (!context) return context.error();
    auto keytab = open_keytab(*context, keytab_path);
    if (!keytab) return keytab.error();
    auto client = host_principal(*context, identity.host, identity.realm);
    if (!client) return client.error();
    auto server = host_principal(*context, target, identity.realm);
    if (!server) return server.error();
    auto cache = obtain_tgt(*context, *client, *keytab);
    if (!cache) return cache.error();

    if (session_enctype) {
        const krb5_enctype wanted[] = {*session_enctype, 0};
        if (const auto code = krb5_set_default_tgs_enctypes(context->get(), wanted)) {
            return context->failure(code, "session key enctype");
        }
    }
    krb5_creds wanted{};
    wanted.client = client->get();
    wanted.server = server->get();
    krb5_creds* raw_credentials = nullptr;
    if (const auto code = krb5_get_credentials(context->get(), 0, cache->get(), &wanted, &raw_credentials)) {
        return with_cause(context->failure(code, "a ticket for host/" + target + "@" + identity.realm), code,
                          KeyOf::peer);
    }
    const Credentials credentials(context->get(), raw_credentials);

    auto auth = make_auth_context(*context);
    if (!auth) return auth.error();
    if (auto ok = prepare(*context, *auth, local_address); !ok) return ok.error();
    krb5_auth_context raw_auth = auth->get();
    Data ap_req(context->get());
    if (const auto code = krb5_mk_req_extended(context->get(), &raw_auth, AP_OPTS_MUTUAL_REQUIRED, nullptr,
                                               credentials.get(), ap_req.out())) {
        return context->failure(code, "making an AP-REQ");
    }
    std::string request(ap_req.view());
    return Initiated{Session(std::make_unique<SessionState>(SessionState{std::move(*context), std::move(*auth)})),
                     std::move(request)};
}

}  // namespace kpropgw::krb
