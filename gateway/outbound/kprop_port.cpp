#include "gateway/outbound/kprop_port.hpp"

#include <fmt/format.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>

#include "gateway/events/catalogue.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds between_two_tries{200};

/// One that has just started forks the process that listens, and asks at once.
constexpr std::chrono::milliseconds listens_after_start{2000};

}  // namespace

asio::awaitable<Result<void>> connect(net::Stream& stream, const KpropPort& to, std::chrono::milliseconds deadline,
                                      std::chrono::milliseconds patience) {
    boost::system::error_code code;
    tcp::resolver resolver(stream.get_executor());
    const auto found = co_await resolver.async_resolve(to.host, std::to_string(to.port), tcp::resolver::numeric_service,
                                                       asio::redirect_error(asio::use_awaitable, code));
    if (code) {
        co_return Error(Errc::unavailable, fmt::format("its name does not resolve: {}", code.message()))
            .because(causes::name_not_resolved);
    }
    asio::steady_timer pause(stream.get_executor());
    for (const auto until = steady_clock::now() + patience;;) {
        stream.expires_after(deadline);
        co_await stream.async_connect(found, asio::redirect_error(asio::use_awaitable, code));
        if (code != asio::error::connection_refused || steady_clock::now() >= until) break;
        pause.expires_after(between_two_tries);
        co_await pause.async_wait(asio::use_awaitable);
    }
    if (!code) co_return Result<void>();
    const std::string doing = fmt::format("cannot connect to port {}", to.port);
    if (code == boost::beast::error::timeout) {
        co_return Error(Errc::unavailable,
                        fmt::format("{}: no answer within {} s; is it up, and does a firewall let that port through?",
                                    doing, static_cast<double>(deadline.count()) / 1000))
            .because(causes::peer_silent);
    }
    if (code != asio::error::connection_refused) co_return net::stream_failure(code, doing, deadline);
    co_return Error(Errc::not_found, fmt::format("{}: {}; is kpropd running there?", doing, code.message()))
        .because(causes::kpropd_not_running);
}

asio::awaitable<bool> listens_only_when_granted(const KpropPort& kpropd, std::chrono::milliseconds deadline) {
    net::Stream stream(co_await asio::this_coro::executor);
    const auto connected = co_await connect(stream, kpropd, deadline, listens_after_start);
    stream.close();
    co_return !connected && connected.error().code() == Errc::not_found;
}

}  // namespace kpropgw::outbound
