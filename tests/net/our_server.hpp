#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "gateway/net/rpc_server_session.hpp"

namespace kpropgw::testing {

/// RpcServerSession on 127.0.0.1, with a thread of its own; `answer` says what a call gives.
class OurServer {
public:
    using Answer = std::variant<std::string, wire::AcceptStatus, wire::AuthStatus>;
    using Answering = std::function<Answer(std::uint32_t procedure, std::string_view arguments, const krb::GssPeers&)>;

    OurServer(std::string keytab, Answering answer);
    ~OurServer();
    OurServer(const OurServer&) = delete;
    OurServer& operator=(const OurServer&) = delete;

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    /// Changes the replies to calls on their way, when set before the first.
    std::function<void(std::string& reply)> tamper;

    /// What was refused so far, in order.
    std::vector<std::string> refusals() const;

private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket);

    net::RpcService service_;
    Answering answer_;
    mutable std::mutex mutex_;
    std::vector<std::string> refusals_;
    boost::asio::thread_pool workers_{2};
    boost::asio::io_context loop_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::thread thread_;
};

}  // namespace kpropgw::testing
