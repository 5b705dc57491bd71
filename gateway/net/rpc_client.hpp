#pragma once
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "gateway/krb/gss.hpp"
#include "gateway/net/frames.hpp"
#include "gateway/wire/rpc.hpp"
#include "gateway/wire/rpcsec_gss.hpp"

namespace kpropgw::net {

/// Whom to call, and as whom.
struct RpcTarget {
    std::string host;  ///< a name or an address
    std::uint16_t port = 0;
    std::string service;  ///< its principal, with realm
    std::string client;   ///< ours
    std::string keytab;
    std::uint32_t program = 0;
    std::uint32_t version = 0;
    std::size_t most_reply_bytes = std::size_t{64} << 20;
};

/// A connection to an RPC server with an RPCSEC_GSS context, service privacy. One call at a time; after an error other
/// than not_found it is of no more use. Lives on one loop and stays where it is; `workers` must outlive it.
///
/// Errors of all: not_found when the server has no such procedure, program or version; denied when authentication
/// failed or the server refuses the caller; unavailable when the connection failed or a deadline passed; corrupt when
/// the server's bytes make no sense.
class RpcClient {
public:
    RpcClient(const asio::any_io_executor& loop, asio::thread_pool& workers, RpcTarget target);

    /// Connects and makes the context. `deadline` is for each of the steps; tickets have libkrb5's own.
    asio::awaitable<Result<void>> connect(std::chrono::milliseconds deadline);

    /// `deadline`: for the whole answer, so it must be longer than the server may hold it back.
    asio::awaitable<Result<Secret>> call(std::uint32_t procedure, std::string_view arguments,
                                         std::chrono::milliseconds deadline);

    /// Has the server destroy the context and closes; without a word when that fails.
    asio::awaitable<void> close(std::chrono::milliseconds deadline);

    /// Ends a call that waits, from the same loop: it fails with unavailable.
    void cancel();

    const krb::GssPeers& peers() const { return context_->peers(); }  ///< once connected

private:
    asio::awaitable<Result<void>> open(std::chrono::milliseconds deadline);
    asio::awaitable<Result<void>> establish(std::chrono::milliseconds deadline);
    asio::awaitable<Result<Secret>> transact(wire::GssProcedure gss_procedure, std::uint32_t procedure,
                                             std::string_view arguments, std::chrono::milliseconds deadline);
    asio::awaitable<Result<std::string>> exchange(std::string_view record, std::chrono::milliseconds deadline);

    std::string head(std::uint32_t procedure, std::string_view credential);
    Result<std::string> make_call(wire::GssProcedure gss_procedure, std::uint32_t procedure,
                                  std::string_view arguments);
    Result<wire::RpcReply> parse(std::string_view record) const;
    Result<void> check_new_context(const wire::RpcReply& reply, std::uint32_t window);
    Result<Secret> read_results(std::string_view record);
    static std::string token_size(std::string_view token);

    Stream stream_;
    asio::thread_pool* workers_;
    RpcTarget target_;
    std::optional<krb::GssContext> context_;
    std::string handle_;
    std::uint32_t xid_ = 0;  ///< of the last call
    std::uint32_t sequence_ = 0;
};

}  // namespace kpropgw::net
