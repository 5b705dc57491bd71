#include "net/gssrpc_client.hpp"

#include <gssapi/gssapi_ext.h>
#include <gssapi/gssapi_krb5.h>
#include <gssrpc/auth_gss.h>
#include <gssrpc/rpc.h>
#include <netinet/in.h>
#include <unistd.h>

#include <stdexcept>

#include "net/gssrpc_iprop.hpp"

namespace kpropgw::testing {
namespace {

constexpr timeval patience{20, 0};

void require(OM_uint32 major, const char* what) {
    if (GSS_ERROR(major)) throw std::runtime_error(std::string(what) + " failed");
}

gss_cred_id_t acquire(const std::string& keytab) {
    static int number = 0;
    const std::string cache = "MEMORY:gssrpc" + std::to_string(++number);
    gss_key_value_element_desc elements[] = {{"client_keytab", keytab.c_str()}, {"ccache", cache.c_str()}};
    gss_key_value_set_desc store{2, elements};
    gss_OID_set_desc mechanisms{1, gss_mech_krb5};
    gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
    OM_uint32 minor = 0;
    require(gss_acquire_cred_from(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechanisms, GSS_C_INITIATE, &store,
                                  &credential, nullptr, nullptr),
            "gss_acquire_cred_from");
    return credential;
}

gss_name_t import(const std::string& service) {
    gss_buffer_desc buffer{service.size(), const_cast<char*>(service.data())};
    gss_name_t name = GSS_C_NO_NAME;
    OM_uint32 minor = 0;
    require(gss_import_name(&minor, &buffer, GSS_KRB5_NT_PRINCIPAL_NAME, &name), "gss_import_name");
    return name;
}

}  // namespace

struct GssrpcClient::Connection {
    ~Connection() {
        OM_uint32 minor = 0;
        end();
        if (client != nullptr) clnt_destroy(client);
        if (name != GSS_C_NO_NAME) gss_release_name(&minor, &name);
        if (credential != GSS_C_NO_CREDENTIAL) gss_release_cred(&minor, &credential);
    }
    void end() {
        if (auth == nullptr) return;
        auth_destroy(auth);
        auth = nullptr;
        client->cl_auth = authnone_create();
    }

    std::string call(std::uint32_t procedure, xdrproc_t arguments, caddr_t from, xdrproc_t results, caddr_t into) {
        const auto status = clnt_call(client, procedure, arguments, from, results, into, patience);
        if (status == RPC_SUCCESS) return "";
        std::string text = clnt_sperror(client, const_cast<char*>("call"));
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return text;
    }

    IpropAnswer resync(std::uint32_t procedure, xdrproc_t arguments, caddr_t from) {
        kdb_fullresync_result_t result{};
        IpropAnswer answer;
        answer.error = call(procedure, arguments, from, as_xdrproc(xdr_kdb_fullresync_result_t), as_pointer(result));
        answer.status = result.ret;
        answer.serial = result.lastentry.last_sno;
        answer.seconds = result.lastentry.last_time.seconds;
        answer.microseconds = result.lastentry.last_time.useconds;
        return answer;
    }

    CLIENT* client = nullptr;
    AUTH* auth = nullptr;
    gss_name_t name = GSS_C_NO_NAME;
    gss_cred_id_t credential = GSS_C_NO_CREDENTIAL;
};

GssrpcClient::GssrpcClient(const Target& target) : connection_(std::make_unique<Connection>()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(target.port);
    int socket = RPC_ANYSOCK;
    connection_->client = clnttcp_create(&address, target.program, target.version, &socket, 0, 0);
    if (connection_->client == nullptr) {
        failure_ = clnt_spcreateerror(const_cast<char*>("connect"));
        return;
    }
    if (target.service.empty()) return;
    connection_->credential = acquire(target.keytab);
    connection_->name = import(target.service);
    rpc_gss_sec security{};
    security.mech = gss_mech_krb5;
    security.qop = GSS_C_QOP_DEFAULT;
    security.svc = static_cast<rpc_gss_svc_t>(target.protection);
    security.cred = connection_->credential;
    security.req_flags = GSS_C_MUTUAL_FLAG | GSS_C_REPLAY_FLAG;  // as kadm5's client has it
    connection_->auth = authgss_create(connection_->client, connection_->name, &security);
    if (connection_->auth == nullptr) {
        failure_ = clnt_spcreateerror(const_cast<char*>("authgss_create"));
        return;
    }
    connection_->client->cl_auth = connection_->auth;
}

GssrpcClient::~GssrpcClient() = default;

std::string GssrpcClient::call_void(std::uint32_t procedure) {
    return connection_->call(procedure, as_xdrproc(xdr_void), nullptr, as_xdrproc(xdr_void), nullptr);
}

IpropAnswer GssrpcClient::updates_since(std::uint32_t serial, std::uint32_t seconds, std::uint32_t microseconds) {
    kdb_last_t last{serial, {seconds, microseconds}};
    kdb_incr_result_t result{};
    IpropAnswer answer;
    answer.error = connection_->call(1, as_xdrproc(xdr_kdb_last_t), as_pointer(last), as_xdrproc(xdr_kdb_incr_result_t),
                                     as_pointer(result));
    answer.status = result.ret;
    answer.serial = result.lastentry.last_sno;
    answer.seconds = result.lastentry.last_time.seconds;
    answer.microseconds = result.lastentry.last_time.useconds;
    for (u_int i = 0; i < result.updates.length; ++i) {
        const kdb_incr_update_t& update = result.updates.value[i];
        if (!update.deleted || !update.commit) continue;
        answer.deletions.push_back({{update.princ_name.value, update.princ_name.length}, update.entry_sno});
    }
    xdr_free(as_xdrproc(xdr_kdb_incr_result_t), &result);
    return answer;
}

IpropAnswer GssrpcClient::full_resync() {
    return connection_->resync(2, as_xdrproc(xdr_void), nullptr);
}

IpropAnswer GssrpcClient::full_resync_ext(std::uint32_t version) {
    return connection_->resync(3, as_xdrproc(xdr_u_int32), as_pointer(version));
}

std::string GssrpcClient::updates_without_arguments() {
    return call_void(1);
}

void GssrpcClient::end() {
    connection_->end();
}

}  // namespace kpropgw::testing

/// libgssrpc does not free the verifiers that it read; the address sanitizer asks this whose leaks are not ours.
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libgssrpc";
}
