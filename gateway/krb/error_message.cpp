#include "gateway/krb/cause.hpp"
#include "gateway/krb/context.hpp"
#include "gateway/krb/session.hpp"

namespace kpropgw::krb {
namespace {

/// What can be done at the peer; "" where its code does not tell.
std::string_view advice_on(krb5_error_code code) {
    switch (code) {
        case KRB5KRB_AP_ERR_SKEW:
            return "; set the clocks of both hosts by NTP";
        case KRB5KRB_AP_ERR_NOKEY:
        case KRB5KRB_AP_ERR_BADKEYVER:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
            return "; does its keytab hold the present key of its host principal, in this realm? extract it anew with "
                   "ktadd";
        default:
            return "";
    }
}

}  // namespace

Error read_error_message(std::string_view message) {
    auto context = Context::create();
    if (!context) return context.error();
    const krb5_data in = to_data(message);
    krb5_error* error = nullptr;
    if (const auto code = krb5_rd_error(context->get(), &in, &error)) {
        return context->failure(code, "an error message that cannot be read");
    }
    std::string text;
    // The sender's text may end in NUL, which counts (kpropd.c:send_error).
    if (error->text.length > 0) text.assign(error->text.data, error->text.length);
    while (!text.empty() && text.back() == '\0')
        text.pop_back();
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
    }
    const auto code = static_cast<krb5_error_code>(ERROR_TABLE_BASE_krb5 + static_cast<long>(error->error));
    krb5_free_error(context->get(), error);
    if (text.empty()) text = context->failure(code, "refused").text();
    return with_cause(Error(Errc::denied, text.append(advice_on(code))), code, KeyOf::peer);
}

}  // namespace kpropgw::krb
