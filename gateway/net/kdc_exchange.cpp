#include "gateway/net/kdc_exchange.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/net/frames.hpp"

namespace kpropgw::net {
namespace {

using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;

constexpr std::size_t largest_answer = 64 * 1024;
constexpr int datagrams = 3;

template <class Protocol>
asio::awaitable<Result<typename Protocol::endpoint>> resolve(const KdcAddress& kdc) {
    error_code code;
    typename Protocol::resolver resolver(co_await asio::this_coro::executor);
    const auto found =
        co_await resolver.async_resolve(kdc.host, std::to_string(kdc.port), Protocol::resolver::numeric_service,
                                        asio::redirect_error(asio::use_awaitable, code));
    if (code) co_return Error(Errc::unavailable, fmt::format("its name does not resolve: {}", code.message()));
    co_return found.begin()->endpoint();
}

Error no_answer(const KdcAddress& kdc, std::string_view transport, std::string_view why) {
    return Error(Errc::unavailable,
                 fmt::format("no answer from port {} by {}: {}; is krb5kdc running there?", kdc.port, transport, why));
}

asio::awaitable<Result<std::string>> ask_by_udp(const KdcAddress& kdc, std::string_view message,
                                                std::chrono::milliseconds patience) {
    const auto endpoint = co_await resolve<udp>(kdc);
    if (!endpoint) co_return endpoint.error();
    const auto executor = co_await asio::this_coro::executor;
    error_code code;
    udp::socket socket(executor);
    // Connected, so that only this KDC's datagrams arrive, and a closed port is told at once.
    co_await socket.async_connect(*endpoint, asio::redirect_error(asio::use_awaitable, code));
    asio::steady_timer timer(executor);
    std::string answer(largest_answer, '\0');
    for (int i = 0; !code && i < datagrams; ++i) {
        co_await socket.async_send(asio::buffer(message), asio::redirect_error(asio::use_awaitable, code));
        if (code) break;
        timer.expires_after(patience / datagrams);
        timer.async_wait([&socket](const error_code& cancelled) {
            error_code ignored;
            if (!cancelled) socket.cancel(ignored);
        });
        const std::size_t size =
            co_await socket.async_receive(asio::buffer(answer), asio::redirect_error(asio::use_awaitable, code));
        timer.cancel();
        if (!code) {
            answer.resize(size);
            co_return answer;
        }
        if (code == asio::error::operation_aborted) code = {};
    }
    co_return no_answer(kdc, "UDP", code ? code.message() : "none in time");
}

asio::awaitable<Result<std::string>> ask_by_tcp(const KdcAddress& kdc, std::string_view message,
                                                std::chrono::milliseconds patience) {
    const auto endpoint = co_await resolve<tcp>(kdc);
    if (!endpoint) co_return endpoint.error();
    error_code code;
    Stream stream(co_await asio::this_coro::executor);
    stream.expires_after(patience);
    co_await stream.async_connect(*endpoint, asio::redirect_error(asio::use_awaitable, code));
    if (code) co_return no_answer(kdc, "TCP", code.message());
    if (auto ok = co_await write_frame(stream, message, patience); !ok) {
        co_return no_answer(kdc, "TCP", ok.error().text());
    }
    auto frame = co_await read_frame(stream, largest_answer, patience);
    if (!frame) co_return no_answer(kdc, "TCP", frame.error().text());
    if (frame->closed) co_return no_answer(kdc, "TCP", "it closed the connection");
    co_return std::move(frame->bytes);
}

}  // namespace

krb::KdcExchange exchange_with(KdcAddress kdc, KdcPatience patience) {
    return [kdc = std::move(kdc), patience](std::string_view message, krb::Transport transport) {
        asio::io_context loop;
        auto answer = asio::co_spawn(loop,
                                     transport == krb::Transport::udp ? ask_by_udp(kdc, message, patience.udp)
                                                                      : ask_by_tcp(kdc, message, patience.tcp),
                                     asio::use_future);
        loop.run();
        return answer.get();
    };
}

}  // namespace kpropgw::net
