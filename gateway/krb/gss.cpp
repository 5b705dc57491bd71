#include "gateway/krb/gss.hpp"

#include <chrono>
#include <span>

#include "gateway/krb/gss_state.hpp"
#include "gateway/krb/tgt.hpp"

namespace kpropgw::krb {
namespace {

/// Credentials of the Kerberos mechanism alone, from what `store` names.
Result<void> acquire(GssState& state, gss_cred_usage_t usage, const char* key, const std::string& value) {
    gss_key_value_element_desc element{key, value.c_str()};
    gss_key_value_set_desc store{1, &element};
    gss_OID_set_desc mechanisms{1, gss_mech_krb5};
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_acquire_cred_from(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechanisms, usage, &store,
                                                  state.credential.out(), nullptr, nullptr);
    if (major != GSS_S_COMPLETE) return gss_failure(major, minor, value);
    return {};
}

Result<Principal> parse_principal(const Context& context, const std::string& name) {
    krb5_principal raw = nullptr;
    if (const auto code = krb5_parse_name(context.get(), name.c_str(), &raw)) return context.failure(code, name);
    return Principal(context.get(), raw);
}

Result<std::string> name_of(const CredentialsCache& cache, const Context& context) {
    char* raw = nullptr;
    if (const auto code = krb5_cc_get_full_name(context.get(), cache.get(), &raw)) {
        return context.failure(code, "credentials cache");
    }
    std::string name(raw);
    krb5_free_string(context.get(), raw);
    return name;
}

Result<std::string> to_text(const GssName& name) {
    GssBuffer text;
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_display_name(&minor, name.get(), text.out(), nullptr);
    if (major != GSS_S_COMPLETE) return gss_failure(major, minor, "a principal's name");
    return std::string(view(text));
}

Result<GssPeers> inquire(const GssState& state) {
    GssName initiator;
    GssName acceptor;
    OM_uint32 minor = 0;
    OM_uint32 lifetime = 0;
    OM_uint32 flags = 0;
    const OM_uint32 major = gss_inquire_context(&minor, state.context.get(), initiator.out(), acceptor.out(), &lifetime,
                                                nullptr, &flags, nullptr, nullptr);
    // Names and flags are there with an expired context too, whose lifetime is 0.
    if (major != GSS_S_COMPLETE && major != GSS_S_CONTEXT_EXPIRED) {
        return gss_failure(major, minor, "the new context");
    }
    auto initiator_name = to_text(initiator);
    if (!initiator_name) return initiator_name.error();
    auto acceptor_name = to_text(acceptor);
    if (!acceptor_name) return acceptor_name.error();
    return GssPeers{std::move(*initiator_name), std::move(*acceptor_name),
                    system_clock().now() + std::chrono::seconds(lifetime), (flags & GSS_C_CONF_FLAG) != 0,
                    (flags & GSS_C_INTEG_FLAG) != 0};
}

OM_uint32 accept(GssState& state, gss_buffer_desc& in, OM_uint32& minor, GssBuffer& out) {
    return gss_accept_sec_context(&minor, state.context.out(), state.credential.get(), &in, GSS_C_NO_CHANNEL_BINDINGS,
                                  nullptr, nullptr, out.out(), nullptr, nullptr, nullptr);
}

OM_uint32 initiate(GssState& state, gss_buffer_desc& in, OM_uint32& minor, GssBuffer& out) {
    return gss_init_sec_context(&minor, state.credential.get(), state.context.out(), state.target.get(), gss_mech_krb5,
                                GSS_C_MUTUAL_FLAG | GSS_C_CONF_FLAG | GSS_C_INTEG_FLAG, 0, GSS_C_NO_CHANNEL_BINDINGS,
                                &in, nullptr, out.out(), nullptr, nullptr);
}

/// Whether a message is as the peer made it, new or not.
bool is_genuine(OM_uint32 major) {
    return !GSS_ERROR(major);
}

}  // namespace

GssContext::GssContext(std::unique_ptr<GssState> state) : state_(std::move(state)) {}
GssContext::~GssContext() = default;
GssContext::GssContext(GssContext&&) noexcept = default;
GssContext& GssContext::operator=(GssContext&&) noexcept = default;

Result<GssContext> GssContext::acceptor(const std::string& keytab) {
    auto state = std::make_unique<GssState>();
    state->keytab = keytab;
    if (auto ok = acquire(*state, GSS_C_ACCEPT, "keytab", "FILE:" + keytab); !ok) return ok.error();
    return GssContext(std::move(state));
}

Result<GssContext> GssContext::initiator(const std::string& keytab_path, const std::string& client,
                                         const std::string& service) {
    auto state = std::make_unique<GssState>();
    state->keytab = keytab_path;
    state->service = service;
    auto context = Context::create();
    if (!context) return context.error();
    auto principal = parse_principal(*context, client);
    if (!principal) return principal.error();
    auto keytab = open_keytab(*context, keytab_path);
    if (!keytab) return keytab.error();
    auto cache = obtain_tgt(*context, *principal, *keytab);
    if (!cache) return cache.error().in(client);
    auto cache_name = name_of(*cache, *context);
    if (!cache_name) return cache_name.error();
    state->krb.emplace(std::move(*context));
    state->cache.emplace(std::move(*cache));
    if (auto ok = acquire(*state, GSS_C_INITIATE, "ccache", *cache_name); !ok) return ok.error();

    gss_buffer_desc name = to_buffer(service);
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_import_name(&minor, &name, GSS_KRB5_NT_PRINCIPAL_NAME, state->target.out());
    if (major != GSS_S_COMPLETE) return gss_failure(major, minor, service);
    return GssContext(std::move(state));
}

GssStep GssContext::step(std::string_view token) {
    GssStep step;
    if (state_->state != GssStep::State::more_is_needed) {
        step.error = Error(Errc::internal, "authentication has ended already");
        return step;
    }
    gss_buffer_desc in = to_buffer(token);
    GssBuffer out;
    step.major =
        state_->service.empty() ? accept(*state_, in, step.minor, out) : initiate(*state_, in, step.minor, out);
    step.token = view(out);
    if (GSS_ERROR(step.major)) {
        step.error = explain_gss(*state_, step.major, step.minor);
    } else if ((step.major & GSS_S_CONTINUE_NEEDED) != 0) {
        step.state = GssStep::State::more_is_needed;
    } else if (auto peers = inquire(*state_); peers) {
        state_->peers = std::move(*peers);
        step.state = GssStep::State::established;
        // A server keeps thousands of contexts, none of which needs its credential any more.
        state_->credential.reset();
        state_->target.reset();
        state_->cache.reset();
        state_->krb.reset();
    } else {
        step.major = GSS_S_FAILURE;
        step.error = peers.error();
    }
    state_->state = step.state;
    return step;
}

bool GssContext::is_established() const {
    return state_->state == GssStep::State::established;
}

const GssPeers& GssContext::peers() const {
    return state_->peers;
}

Result<std::string> GssContext::wrap(std::string_view data) {
    gss_buffer_desc in = to_buffer(data);
    GssBuffer out;
    OM_uint32 minor = 0;
    int encrypted = 0;
    const OM_uint32 major = gss_wrap(&minor, state_->context.get(), 1, GSS_C_QOP_DEFAULT, &in, &encrypted, out.out());
    if (GSS_ERROR(major)) return gss_failure(major, minor, "encrypting a message");
    if (encrypted == 0) return Error(Errc::denied, "encrypting a message: the context has no confidentiality");
    return std::string(view(out));
}

Result<GssContext::Unwrapped> GssContext::unwrap(std::string_view token) {
    gss_buffer_desc in = to_buffer(token);
    GssBuffer out;
    OM_uint32 minor = 0;
    int encrypted = 0;
    const OM_uint32 major = gss_unwrap(&minor, state_->context.get(), &in, out.out(), &encrypted, nullptr);
    if (!is_genuine(major)) {
        return Error(Errc::denied, gss_failure(major, minor, "decrypting a message").text());
    }
    Unwrapped unwrapped{Secret(view(out)), encrypted != 0};
    wipe({static_cast<char*>(out.get().value), out.get().length});
    return unwrapped;
}

Result<std::string> GssContext::make_mic(std::string_view data) {
    gss_buffer_desc in = to_buffer(data);
    GssBuffer out;
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_get_mic(&minor, state_->context.get(), GSS_C_QOP_DEFAULT, &in, out.out());
    if (GSS_ERROR(major)) return gss_failure(major, minor, "signing a message");
    return std::string(view(out));
}

Result<void> GssContext::verify_mic(std::string_view data, std::string_view mic) {
    gss_buffer_desc in = to_buffer(data);
    gss_buffer_desc signature = to_buffer(mic);
    OM_uint32 minor = 0;
    const OM_uint32 major = gss_verify_mic(&minor, state_->context.get(), &in, &signature, nullptr);
    if (!is_genuine(major)) return Error(Errc::denied, gss_failure(major, minor, "a message's signature").text());
    return {};
}

}  // namespace kpropgw::krb
