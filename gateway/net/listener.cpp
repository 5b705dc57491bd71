#include "gateway/net/listener.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/events/report.hpp"

namespace kpropgw::net {

using asio::ip::tcp;

Result<tcp::acceptor> listen_on(const asio::any_io_executor& loop, const std::string& address, std::uint16_t port) {
    tcp::acceptor acceptor(loop);
    boost::system::error_code code;
    const auto numeric = asio::ip::make_address(address, code);
    const tcp::endpoint endpoint(numeric, port);
    if (!code) acceptor.open(endpoint.protocol(), code);
    if (!code) acceptor.set_option(tcp::acceptor::reuse_address(true), code);
    if (!code && numeric.is_v6()) acceptor.set_option(asio::ip::v6_only(false), code);
    if (!code) acceptor.bind(endpoint, code);
    if (!code) acceptor.listen(tcp::acceptor::max_listen_connections, code);
    if (code) {
        std::string advice;
        if (code == asio::error::address_in_use) advice = "; is a kpropd or another kpropgw running here?";
        if (code == asio::error::access_denied) advice = "; ports below 1024 need CAP_NET_BIND_SERVICE";
        return Error(Errc::unavailable,
                     fmt::format("cannot listen on [{}]:{}: {}{}", address, port, code.message(), advice));
    }
    return acceptor;
}

Result<void> Listener::start() {
    auto acceptor = listen_on(acceptor_.get_executor(), listening_.address, listening_.port);
    if (!acceptor) return acceptor.error();
    acceptor_ = std::move(*acceptor);
    asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
    return {};
}

void Listener::stop() {
    boost::system::error_code ignored;  // a listener that cannot be closed is closed with the process
    acceptor_.close(ignored);
}

asio::awaitable<void> Listener::accept() {
    while (acceptor_.is_open()) {
        boost::system::error_code code;
        tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, code));
        if (code == asio::error::operation_aborted || !acceptor_.is_open()) co_return;
        if (code) {
            // Out of descriptors, most likely: the ones in use come back by their deadlines.
            events::report(events::accept_failed, {{"port", port()}, {"error", code.message()}});
            asio::steady_timer pause(acceptor_.get_executor(), std::chrono::seconds(1));
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, code));
            continue;
        }
        if (connections_ >= listening_.most_connections) {
            events::report(events::too_many_connections, {{"peer", socket.remote_endpoint(code).address().to_string()},
                                                          {"open", connections_},
                                                          {"limit", listening_.limit}});
            continue;
        }
        ++connections_;
        asio::co_spawn(acceptor_.get_executor(), converse(Stream(std::move(socket))), asio::detached);
    }
}

asio::awaitable<void> Listener::converse(Stream stream) {
    try {
        co_await converse_(std::move(stream));
    } catch (const std::exception& problem) {
        events::report(events::conversation_failed, {{"error", problem.what()}});
    }
    --connections_;
}

}  // namespace kpropgw::net
