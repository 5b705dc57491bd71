#include "gateway/krb/cause.hpp"

#include "gateway/events/catalogue.hpp"

namespace kpropgw::krb {

Error with_cause(const Error& error, krb5_error_code code, KeyOf key) {
    switch (code) {
        case KRB5KRB_AP_ERR_SKEW:
        case KRB5_KDCREP_SKEW:
            return error.because(causes::clock_skew);
        case KRB5_KDC_UNREACH:
        case KRB5_REALM_CANT_RESOLVE:
        case KRB5_REALM_UNKNOWN:
            return error.because(causes::kdc_unreachable);
        case KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN:
            return error.because(causes::gateway_principal_unknown);
        case KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN:
            return error.because(causes::peer_principal_unknown);
        case KRB5_KT_NOTFOUND:
        case KRB5KDC_ERR_PREAUTH_FAILED:
        case KRB5KRB_AP_ERR_NOKEY:
        case KRB5KRB_AP_ERR_NOT_US:
        case KRB5KRB_AP_ERR_BADKEYVER:
        case KRB5KRB_AP_ERR_BAD_INTEGRITY:
        case KRB5KRB_AP_ERR_MODIFIED:
        case KRB5KRB_AP_WRONG_PRINC:
            return error.because(key == KeyOf::gateway ? causes::gateway_key_mismatch : causes::peer_key_mismatch);
        default:
            return error;
    }
}

}  // namespace kpropgw::krb
