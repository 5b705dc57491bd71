#include "gateway/krb/acceptor.hpp"

#include "gateway/krb/cause.hpp"
#include "gateway/krb/session_state.hpp"

namespace kpropgw::krb {
namespace {

/// libkrb5's text with what an operator can do about the common causes.
Error explain(const Context& context, krb5_error_code code, const std::string& keytab, const Identity& identity) {
    const Error error = context.failure(code, "authentication");
    const std::string name = "host/" + identity.host + "@" + identity.realm;
    std::string advice;
    switch (code) {
        case KRB5KRB_AP_ERR_SKEW:
            advice = "; set the clocks of both hosts by NTP";
            break;
        case KRB5KRB_AP_WRONG_PRINC:
        case KRB5KRB_AP_ERR_NOT_US:
            advice = "; the ticket must be for " + name;
            break;
        case KRB5_KT_NOTFOUND:
        case KRB5KRB_AP_ERR_NOKEY:
        case KRB5KRB_AP_ERR_BADKEYVER:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
            advice = "; " + keytab + " lacks the present key of " + name + ", extract it anew with ktadd";
            break;
        default:
            break;
    }
    return with_cause(Error(Errc::denied, error.text() + advice), code, KeyOf::gateway);
}

}  // namespace

Result<Accepted> accept(std::string_view ap_req, const std::string& keytab_path, const Identity& identity,
                        std::span<const unsigned char> local_address) {
    auto context = Context::create();
    if (!context) return context.error();
    auto auth = make_auth_context(*context);
    if (!auth) return auth.error();
    if (auto ok = prepare(*context, *auth, local_address); !ok) return ok.error();
    auto keytab = open_keytab(*context, keytab_path);
    if (!keytab) return keytab.error();
    auto server = host_principal(*context, identity.host, identity.realm);
    if (!server) return server.error();

    const krb5_data in = to_data(ap_req);
    krb5_auth_context raw_auth = auth->get();
    krb5_flags options = 0;
    krb5_ticket* raw_ticket = nullptr;
    if (const auto code =
            krb5_rd_req(context->get(), &raw_auth, &in, server->get(), keytab->get(), &options, &raw_ticket)) {
        return explain(*context, code, keytab_path, identity);
    }
    const Ticket ticket(context->get(), raw_ticket);
    auto client = to_text(*context, ticket.get()->enc_part2->client);
    if (!client) return client.error();
    if (!(options & AP_OPTS_MUTUAL_REQUIRED)) {
        return Error(Errc::denied, "authentication: the client did not ask for mutual authentication");
    }
    Data ap_rep(context->get());
    if (const auto code = krb5_mk_rep(context->get(), auth->get(), ap_rep.out())) {
        return context->failure(code, "making an AP-REP");
    }
    std::string reply(ap_rep.view());
    return Accepted{Session(std::make_unique<SessionState>(SessionState{std::move(*context), std::move(*auth)})),
                    std::move(*client), std::move(reply)};
}

Result<std::string> make_error_message(const std::string& text, const Identity& identity) {
    auto context = Context::create();
    if (!context) return context.error();
    auto server = host_principal(*context, identity.host, identity.realm);
    if (!server) return server.error();
    krb5_error error{};
    error.error = KRB5KRB_ERR_GENERIC - ERROR_TABLE_BASE_krb5;
    error.server = server->get();
    // The NUL counts, as in kpropd.c:send_error: kprop prints the text as a C string.
    std::string terminated = text;
    terminated += '\0';
    error.text = to_data(terminated);
    if (const auto code = krb5_us_timeofday(context->get(), &error.stime, &error.susec)) {
        return context->failure(code, "time of day");
    }
    Data out(context->get());
    if (const auto code = krb5_mk_error(context->get(), &error, out.out())) {
        return context->failure(code, "making an error message");
    }
    return std::string(out.view());
}

}  // namespace kpropgw::krb
