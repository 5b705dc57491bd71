#include "gateway/krb/session.hpp"

#include "gateway/krb/false_checksum.hpp"
#include "gateway/krb/session_state.hpp"

namespace kpropgw::krb {

Result<AuthContext> make_auth_context(const Context& context) {
    krb5_auth_context raw = nullptr;
    if (const auto code = krb5_auth_con_init(context.get(), &raw)) return context.failure(code, "auth context");
    return AuthContext(context.get(), raw);
}

Result<void> prepare(const Context& context, const AuthContext& auth, std::span<const unsigned char> local_address) {
    if (const auto code = krb5_auth_con_setflags(context.get(), auth.get(), KRB5_AUTH_CONTEXT_DO_SEQUENCE)) {
        return context.failure(code, "auth context flags");
    }
    krb5_address local{};
    local.addrtype = local_address.size() == 4 ? ADDRTYPE_INET : ADDRTYPE_INET6;
    local.length = static_cast<unsigned int>(local_address.size());
    local.contents = const_cast<krb5_octet*>(local_address.data());
    if (const auto code = krb5_auth_con_setaddrs(context.get(), auth.get(), &local, nullptr)) {
        return context.failure(code, "auth context address");
    }
    return {};
}

Session::Session(std::unique_ptr<SessionState> state) : state_(std::move(state)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;

Result<void> Session::read_ap_rep(std::string_view message) {
    const krb5_data in = to_data(message);
    krb5_ap_rep_enc_part* raw = nullptr;
    if (const auto code = krb5_rd_rep(state_->context.get(), state_->auth.get(), &in, &raw)) {
        return state_->context.failure(code, "the peer's authentication (AP-REP)");
    }
    krb5_free_ap_rep_enc_part(state_->context.get(), raw);
    return {};
}

Result<std::string> Session::make_safe(std::string_view data) {
    const krb5_data in = to_data(data);
    Data out(state_->context.get());
    if (const auto code = krb5_mk_safe(state_->context.get(), state_->auth.get(), &in, out.out(), nullptr)) {
        return state_->context.failure(code, "making a safe message");
    }
    return std::string(out.view());
}

Result<std::string> Session::read_safe(std::string_view message) {
    krb5_data in = to_data(message);
    Data out(state_->context.get());
    auto code = krb5_rd_safe(state_->context.get(), state_->auth.get(), &in, out.out(), nullptr);
    if (code) {
        if (const auto mended = mend_false_checksum(message, enctype())) {
            in = to_data(*mended);
            if (!krb5_rd_safe(state_->context.get(), state_->auth.get(), &in, out.out(), nullptr)) code = 0;
        }
    }
    if (code) return state_->context.failure(code, "safe message");
    return std::string(out.view());
}

Result<void> Session::start_chain() {
    if (const auto code = krb5_auth_con_initivector(state_->context.get(), state_->auth.get())) {
        return state_->context.failure(code, "cipher state");
    }
    return {};
}

Result<std::string> Session::make_private(std::string_view data) {
    const krb5_data in = to_data(data);
    Data out(state_->context.get());
    if (const auto code = krb5_mk_priv(state_->context.get(), state_->auth.get(), &in, out.out(), nullptr)) {
        return state_->context.failure(code, "making a private message");
    }
    return std::string(out.view());
}

Result<Secret> Session::read_private(std::string_view message) {
    const krb5_data in = to_data(message);
    Data out(state_->context.get());
    if (const auto code = krb5_rd_priv(state_->context.get(), state_->auth.get(), &in, out.out(), nullptr)) {
        return state_->context.failure(code, "private message");
    }
    return Secret(out.view());
}

std::int32_t Session::enctype() const {
    krb5_keyblock* raw = nullptr;
    if (krb5_auth_con_getkey(state_->context.get(), state_->auth.get(), &raw) || raw == nullptr) return 0;
    const std::int32_t number = raw->enctype;
    krb5_free_keyblock(state_->context.get(), raw);
    return number;
}

}  // namespace kpropgw::krb
