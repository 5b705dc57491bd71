#include "gateway/wire/rpcsec_gss.hpp"

#include "base/xdr.hpp"
#include "gateway/wire/rpc.hpp"

namespace kpropgw::wire {
namespace {

constexpr std::uint32_t rpcsec_gss_version = 1;

}  // namespace

std::string gss_credential(const GssCredential& credential) {
    std::string body;
    XdrWriter out(body);
    out.u32(rpcsec_gss_version);
    out.u32(static_cast<std::uint32_t>(credential.procedure));
    out.u32(credential.sequence);
    out.u32(static_cast<std::uint32_t>(credential.service));
    out.opaque(credential.handle);
    return body;
}

Result<GssCredential> parse_gss_credential(std::string_view body) {
    XdrReader in(body, "RPCSEC_GSS credential");
    if (in.u32("version") != rpcsec_gss_version) in.fail("a version other than 1");
    const std::uint32_t procedure = in.u32("procedure");
    if (procedure > static_cast<std::uint32_t>(GssProcedure::destroy)) in.fail("no procedure of RFC 2203");
    GssCredential credential;
    credential.procedure = static_cast<GssProcedure>(procedure);
    credential.sequence = in.u32("sequence number");
    const std::uint32_t service = in.u32("service");
    if (service < static_cast<std::uint32_t>(GssService::none) ||
        service > static_cast<std::uint32_t>(GssService::privacy)) {
        in.fail("no service of RFC 2203");
    }
    credential.service = static_cast<GssService>(service);
    credential.handle = in.opaque("context handle", most_authentication_bytes);
    if (auto ok = in.finish(); !ok) return ok.error();
    return credential;
}

std::string gss_init_arguments(std::string_view token) {
    std::string arguments;
    XdrWriter(arguments).opaque(token);
    return arguments;
}

Result<std::string_view> parse_gss_init_arguments(std::string_view arguments) {
    XdrReader in(arguments, "RPCSEC_GSS token");
    const std::string_view token = in.opaque("token", most_token_bytes);
    if (auto ok = in.finish(); !ok) return ok.error();
    return token;
}

std::string gss_init_result(const GssInitResult& result) {
    std::string bytes;
    XdrWriter out(bytes);
    out.opaque(result.handle);
    out.u32(result.major);
    out.u32(result.minor);
    out.u32(result.window);
    out.opaque(result.token);
    return bytes;
}

Result<GssInitResult> parse_gss_init_result(std::string_view results) {
    XdrReader in(results, "RPCSEC_GSS context");
    GssInitResult result;
    // The credential of every later call has to hold it, beside 20 bytes of its own.
    result.handle = in.opaque("handle", most_authentication_bytes - 20);
    result.major = in.u32("major status");
    result.minor = in.u32("minor status");
    result.window = in.u32("sequence window");
    result.token = in.opaque("token", most_token_bytes);
    if (auto ok = in.finish(); !ok) return ok.error();
    return result;
}

std::string signed_number(std::uint32_t number) {
    std::string bytes;
    XdrWriter(bytes).u32(number);
    return bytes;
}

std::string gss_data(std::uint32_t sequence, std::string_view arguments) {
    std::string data;
    data.reserve(4 + arguments.size());
    XdrWriter(data).u32(sequence);
    data += arguments;
    return data;
}

Result<std::string_view> parse_gss_data(std::string_view data, std::uint32_t sequence) {
    XdrReader in(data, "RPCSEC_GSS data");
    if (in.u32("sequence number") != sequence) in.fail("another sequence number than the header's");
    const std::string_view arguments = in.rest();
    if (auto ok = in.finish(); !ok) return ok.error();
    return arguments;
}

void append_private_body(std::string& message, std::string_view encrypted) {
    XdrWriter(message).opaque(encrypted);
}

Result<std::string_view> parse_private_body(std::string_view body) {
    XdrReader in(body, "RPCSEC_GSS body");
    const std::string_view encrypted = in.opaque("encrypted data", body.size());
    if (auto ok = in.finish(); !ok) return ok.error();
    return encrypted;
}

}  // namespace kpropgw::wire
