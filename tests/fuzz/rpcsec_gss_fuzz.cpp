#include <cstdlib>
#include <string>

#include "gateway/net/rpc_server_session.hpp"

using namespace kpropgw;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_parts(std::string_view bytes) {
    if (const auto credential = wire::parse_gss_credential(bytes)) {
        const std::string again = wire::gss_credential(*credential);
        require(again.size() == bytes.size());
        require(wire::gss_credential(*wire::parse_gss_credential(again)) == again);
    }
    if (const auto result = wire::parse_gss_init_result(bytes)) {
        require(wire::gss_init_result(*result).size() == bytes.size());
        // Every later call has to hold the handle.
        const std::string credential =
            wire::gss_credential({wire::GssProcedure::data, 1, wire::GssService::privacy, result->handle});
        require(credential.size() <= wire::most_authentication_bytes);
    }
    if (const auto token = wire::parse_gss_init_arguments(bytes)) require(token->size() <= wire::most_token_bytes);
    if (const auto body = wire::parse_private_body(bytes)) require(body->size() + 4 <= bytes.size());
    if (const auto data = wire::parse_gss_data(bytes, 0)) require(data->size() + 4 == bytes.size());
}

/// A server that has no context, nor a key to make one with: no call may get through.
void serve(std::string_view record) {
    net::RpcServerSession session({"/nonexistent/keytab", 100423, 1});
    for (int i = 0; i < 2; ++i) {
        const auto step = session.step(record, Time{});
        require(!std::holds_alternative<net::RpcServerSession::Call>(step));
        require(!std::holds_alternative<net::RpcServerSession::Discard>(step));
        if (const auto* reply = std::get_if<net::RpcServerSession::Reply>(&step)) {
            require(reply->refused.has_value());
            const auto parsed = wire::parse_rpc_reply(reply->record);
            require(parsed.has_value());
            require(parsed->kind != wire::RpcReply::Kind::accepted || parsed->status != wire::AcceptStatus::success);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string bytes(data, data + size);
    read_parts(bytes);
    serve(bytes);
    return 0;
}
