#include "gateway/krb/cause.hpp"
#include "gateway/krb/gss_state.hpp"

namespace kpropgw::krb {
namespace {

/// All texts of a status, which may have several.
std::string texts_of(OM_uint32 status, int type) {
    std::string texts;
    OM_uint32 more = 0;
    do {
        GssBuffer text;
        OM_uint32 ignored = 0;
        if (gss_display_status(&ignored, status, type, gss_mech_krb5, &more, text.out()) != GSS_S_COMPLETE) break;
        if (!texts.empty()) texts += ", ";
        texts += view(text);
    } while (more != 0);
    return texts;
}

std::string advice_for_acceptor(const GssState& state, krb5_error_code code) {
    switch (code) {
        case KRB5KRB_AP_WRONG_PRINC:
        case KRB5KRB_AP_ERR_NOT_US:
        case KRB5_KT_NOTFOUND:
        case KRB5KRB_AP_ERR_NOKEY:
        case KRB5KRB_AP_ERR_BADKEYVER:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
            return "; " + state.keytab +
                   " lacks the present key of the principal that was asked for, extract it anew " + "with ktadd";
        default:
            return "";
    }
}

std::string advice_for_initiator(const GssState& state, krb5_error_code code) {
    switch (code) {
        case KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN:
            return "; the KDC must know " + state.service;
        case KRB5KRB_AP_ERR_NOT_US:
        case KRB5KRB_AP_ERR_NOKEY:
        case KRB5KRB_AP_ERR_BADKEYVER:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
        case KRB5KRB_AP_ERR_MODIFIED:
            return "; its host lacks the present key of " + state.service;
        default:
            return "";
    }
}

}  // namespace

Error gss_failure(OM_uint32 major, OM_uint32 minor, std::string_view context) {
    // The mechanism's text says more; GSS-API's alone is "Unspecified GSS failure".
    std::string text = minor != 0 ? texts_of(minor, GSS_C_MECH_CODE) : "";
    if (text.empty()) text = texts_of(major, GSS_C_GSS_CODE);
    return Error(Errc::unavailable, text).in(context);
}

Error explain_gss(const GssState& state, OM_uint32 major, OM_uint32 minor) {
    const auto code = static_cast<krb5_error_code>(minor);
    const bool initiates = !state.service.empty();
    std::string advice = code == KRB5KRB_AP_ERR_SKEW
                             ? "; set the clocks of both hosts by NTP"
                             : (initiates ? advice_for_initiator(state, code) : advice_for_acceptor(state, code));
    const Error error(Errc::denied, gss_failure(major, minor, "authentication").text() + advice);
    return with_cause(error, code, initiates ? KeyOf::peer : KeyOf::gateway);
}

}  // namespace kpropgw::krb
