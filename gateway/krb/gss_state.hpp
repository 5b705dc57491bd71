#pragma once
// Private to gateway/krb, which alone sees gssapi.h.
#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>

#include <optional>
#include <utility>

#include "gateway/krb/context.hpp"
#include "gateway/krb/gss.hpp"

namespace kpropgw::krb {

/// An owned handle of GSS-API that FREE(handle) releases.
template <class Raw, auto Free>
class GssHandle {
public:
    GssHandle() = default;
    ~GssHandle() { Free(raw_); }
    GssHandle(const GssHandle&) = delete;
    GssHandle& operator=(const GssHandle&) = delete;

    Raw get() const { return raw_; }
    void reset() { Free(raw_); }
    /// For a call that makes or replaces it.
    Raw* out() { return &raw_; }

private:
    Raw raw_{};
};

inline void delete_context(gss_ctx_id_t& context) {
    OM_uint32 ignored = 0;
    gss_delete_sec_context(&ignored, &context, GSS_C_NO_BUFFER);
}
inline void release_credential(gss_cred_id_t& credential) {
    OM_uint32 ignored = 0;
    gss_release_cred(&ignored, &credential);
}
inline void release_name(gss_name_t& name) {
    OM_uint32 ignored = 0;
    gss_release_name(&ignored, &name);
}
inline void release_buffer(gss_buffer_desc& buffer) {
    OM_uint32 ignored = 0;
    gss_release_buffer(&ignored, &buffer);
}

using GssName = GssHandle<gss_name_t, release_name>;
using GssBuffer = GssHandle<gss_buffer_desc, release_buffer>;

inline std::string_view view(const GssBuffer& buffer) {
    return {static_cast<const char*>(buffer.get().value), buffer.get().length};
}

/// Input for GSS-API, which takes it without const and does not write to it.
inline gss_buffer_desc to_buffer(std::string_view bytes) {
    return {bytes.size(), const_cast<char*>(bytes.data())};
}

struct GssState {
    /// An initiator's tickets; the credential refers to them.
    std::optional<Context> krb;
    std::optional<CredentialsCache> cache;
    std::string keytab;
    std::string service;  ///< whom an initiator calls; "" for an acceptor
    GssName target;
    GssHandle<gss_cred_id_t, release_credential> credential;
    GssHandle<gss_ctx_id_t, delete_context> context;
    GssStep::State state = GssStep::State::more_is_needed;
    GssPeers peers;
};

/// GSS-API's text for a failure: "CONTEXT: text".
Error gss_failure(OM_uint32 major, OM_uint32 minor, std::string_view context);

/// The same of an attempt to authenticate, with what an operator can do about the common causes.
Error explain_gss(const GssState& state, OM_uint32 major, OM_uint32 minor);

}  // namespace kpropgw::krb
