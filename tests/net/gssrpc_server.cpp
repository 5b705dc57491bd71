#include "net/gssrpc_server.hpp"

#include <arpa/inet.h>
#include <gssapi/gssapi_krb5.h>
#include <gssrpc/auth_gss.h>
#include <gssrpc/rpc.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "net/gssrpc_iprop.hpp"

namespace kpropgw::testing {
namespace {

constexpr std::uint32_t program = 100423;
constexpr std::uint32_t version = 1;

/// libgssrpc's dispatcher is given no pointer of ours.
GssrpcServer* served = nullptr;

std::string name_of(svc_req* request) {
    gss_buffer_desc text{};
    OM_uint32 minor = 0;
    // libgssrpc hands the GSS name over as a char pointer.
    const auto name = reinterpret_cast<gss_name_t>(static_cast<void*>(request->rq_clntname));
    if (GSS_ERROR(gss_display_name(&minor, name, &text, nullptr))) return "";
    std::string result(static_cast<const char*>(text.value), text.length);
    gss_release_buffer(&minor, &text);
    return result;
}

void answer_updates(GssrpcServer& server, SVCXPRT* transport) {
    kdb_last_t last{};
    if (!svc_getargs(transport, as_xdrproc(xdr_kdb_last_t), as_pointer(last))) return svcerr_decode(transport);
    server.serial = last.last_sno;
    server.seconds = last.last_time.seconds;
    server.microseconds = last.last_time.useconds;
    std::vector<kdb_incr_update_t> updates;
    for (std::string& name : server.deletions) {
        kdb_incr_update_t update{};
        update.princ_name = {static_cast<u_int>(name.size()), name.data()};
        update.entry_sno = static_cast<std::uint32_t>(updates.size() + 1);
        update.deleted = TRUE;
        update.commit = TRUE;
        updates.push_back(update);
    }
    kdb_incr_result_t result{};
    result.lastentry = {static_cast<std::uint32_t>(updates.size()), {5, 6}};
    result.updates.length = static_cast<u_int>(updates.size());
    result.updates.value = updates.data();
    result.ret = updates.empty() ? 4 : 0;
    svc_sendreply(transport, as_xdrproc(xdr_kdb_incr_result_t), as_pointer(result));
}

void answer_resync(SVCXPRT* transport) {
    kdb_fullresync_result_t result{{7, {8, 9}}, 3};
    svc_sendreply(transport, as_xdrproc(xdr_kdb_fullresync_result_t), as_pointer(result));
}

void dispatch(svc_req* request, SVCXPRT* transport) {
    GssrpcServer& server = *served;
    if (request->rq_cred.oa_flavor != RPCSEC_GSS) return svcerr_weakauth(transport);
    server.client = name_of(request);
    switch (request->rq_proc) {
        case 0:
            svc_sendreply(transport, as_xdrproc(xdr_void), nullptr);
            return;
        case 1:
            return answer_updates(server, transport);
        case 2:
            return answer_resync(transport);
        case 3:
            if (!svc_getargs(transport, as_xdrproc(xdr_u_int32), as_pointer(server.ipropx_version))) {
                return svcerr_decode(transport);
            }
            return answer_resync(transport);
        default:
            return svcerr_noproc(transport);
    }
}

}  // namespace

GssrpcServer::GssrpcServer(const std::string& keytab) {
    krb5_gss_register_acceptor_identity(keytab.c_str());
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(listener, 8) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length) != 0) {
        throw std::runtime_error("no port for libgssrpc");
    }
    port_ = ntohs(address.sin_port);
    SVCXPRT* transport = svctcp_create(listener, 0, 0);
    if (transport == nullptr || !svc_register(transport, program, version, dispatch, 0)) {
        throw std::runtime_error("libgssrpc does not register iprop");
    }
    served = this;
    thread_ = std::thread([this] { run(); });
}

GssrpcServer::~GssrpcServer() {
    stopped_ = true;
    thread_.join();
    svc_unregister(program, version);
    served = nullptr;
}

void GssrpcServer::run() {
    while (!stopped_) {
        fd_set ready = svc_fdset;
        timeval patience{0, 20000};
        if (::select(FD_SETSIZE, &ready, nullptr, nullptr, &patience) > 0) svc_getreqset(&ready);
    }
}

}  // namespace kpropgw::testing
