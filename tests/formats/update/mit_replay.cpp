// mit_replay LOG FILE: lays the updates of FILE (an iprop reply, MIT iprop.x:kdb_incr_result_t) over the database of
// the realm that KRB5_CONFIG names by libkdb5's own code, as kpropd does, with the update log LOG.
#include <krb5.h>

#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

extern "C" {
#include <gssrpc/rpc.h>
#include <kadm5/admin.h>

// libkdb5 exports these and no header declares them (kdb_log.h, iprop.h of MIT's source).
struct IpropReply {
    std::uint32_t serial, seconds, microseconds;
    struct {
        unsigned count;
        void* updates;
    } updates;
    int status;
};
bool_t xdr_kdb_incr_result_t(XDR* xdrs, IpropReply* reply);
krb5_error_code ulog_set_role(krb5_context context, int role);
krb5_error_code ulog_map(krb5_context context, const char* file, std::uint32_t entries);
krb5_error_code ulog_replay(krb5_context context, IpropReply* reply, char** db_args);
}

namespace {

constexpr int replica = 2;  // IPROP_REPLICA
constexpr std::uint32_t entries = 100;

int fail(krb5_context context, const char* what, krb5_error_code code) {
    const char* text = krb5_get_error_message(context, code);
    std::fprintf(stderr, "%s: %s\n", what, text);
    krb5_free_error_message(context, text);
    return 1;
}

}  // namespace

int main(int, char** arguments) {
    std::ifstream in(arguments[2], std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), {});
    XDR xdrs;
    xdrmem_create(&xdrs, bytes.data(), static_cast<u_int>(bytes.size()), XDR_DECODE);
    IpropReply reply{};
    if (!xdr_kdb_incr_result_t(&xdrs, &reply) || xdr_getpos(&xdrs) != bytes.size()) {
        std::fprintf(stderr, "libkdb5 does not take the bytes\n");
        return 1;
    }
    krb5_context context = nullptr;
    if (const auto code = kadm5_init_krb5_context(&context)) return fail(nullptr, "kadm5_init_krb5_context", code);
    if (const auto code = ulog_set_role(context, replica)) return fail(context, "ulog_set_role", code);
    if (const auto code = ulog_map(context, arguments[1], entries)) return fail(context, "ulog_map", code);
    if (const auto code = ulog_replay(context, &reply, nullptr)) return fail(context, "ulog_replay", code);
    krb5_free_context(context);
    return 0;
}
