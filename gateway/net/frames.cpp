#include "gateway/net/frames.hpp"

#include <fmt/format.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include <boost/asio/read.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>

#include "gateway/events/catalogue.hpp"
#include "gateway/wire/kprop.hpp"

namespace kpropgw::net {
namespace {

using boost::system::error_code;

constexpr std::size_t growth = 1u << 20;

asio::ip::address unmapped(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    }
    return address;
}

}  // namespace

Error stream_failure(const error_code& code, std::string_view doing, std::chrono::milliseconds deadline) {
    if (code == boost::beast::error::timeout) {
        return Error(Errc::unavailable, fmt::format("{}: nothing went through for {} s", doing,
                                                    static_cast<double>(deadline.count()) / 1000))
            .because(causes::peer_silent);
    }
    if (code == asio::error::eof) {
        return Error(Errc::unavailable,
                     fmt::format("{}: the peer closed the connection in the middle of a message", doing));
    }
    const Error error(Errc::unavailable, fmt::format("{}: {}", doing, code.message()));
    if (code == asio::error::timed_out) return error.because(causes::peer_silent);
    const bool no_way = code == asio::error::host_unreachable || code == asio::error::network_unreachable;
    return no_way ? error.because(causes::no_route) : error;
}

asio::awaitable<Result<Frame>> read_frame(Stream& stream, std::size_t limit, std::chrono::milliseconds deadline) {
    stream.expires_after(deadline);
    std::array<char, 4> header{};
    error_code code;
    const std::size_t got =
        co_await asio::async_read(stream, asio::buffer(header), asio::redirect_error(asio::use_awaitable, code));
    if (code == asio::error::eof && got == 0) co_return Frame{"", true};
    if (code) co_return stream_failure(code, "reading", deadline);
    const auto length = wire::parse_frame_header(header, limit);
    if (!length) co_return length.error();
    Frame frame;
    while (frame.bytes.size() < *length) {
        const std::size_t filled = frame.bytes.size();
        frame.bytes.resize(std::min(*length, filled + growth));
        co_await asio::async_read(stream, asio::buffer(frame.bytes.data() + filled, frame.bytes.size() - filled),
                                  asio::redirect_error(asio::use_awaitable, code));
        if (code) co_return stream_failure(code, "reading", deadline);
    }
    co_return frame;
}

asio::awaitable<Result<void>> write_frame(Stream& stream, std::string_view bytes, std::chrono::milliseconds deadline) {
    stream.expires_after(deadline);
    const std::array<char, 4> header = wire::frame_header(bytes.size());
    const std::array<asio::const_buffer, 2> parts{asio::buffer(header), asio::buffer(bytes)};
    error_code code;
    co_await asio::async_write(stream, parts, asio::redirect_error(asio::use_awaitable, code));
    if (code) co_return stream_failure(code, "sending", deadline);
    co_return Result<void>();
}

asio::awaitable<Result<void>> write_raw(Stream& stream, std::string_view bytes, std::chrono::milliseconds deadline) {
    stream.expires_after(deadline);
    error_code code;
    co_await asio::async_write(stream, asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, code));
    if (code) co_return stream_failure(code, "sending", deadline);
    co_return Result<void>();
}

asio::awaitable<Result<char>> read_byte(Stream& stream, std::chrono::milliseconds deadline) {
    stream.expires_after(deadline);
    char byte = 0;
    error_code code;
    co_await asio::async_read(stream, asio::buffer(&byte, 1), asio::redirect_error(asio::use_awaitable, code));
    if (code) co_return stream_failure(code, "reading", deadline);
    co_return byte;
}

asio::awaitable<void> close_gently(Stream& stream, std::chrono::milliseconds deadline) {
    error_code code;
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, code);
    stream.expires_after(deadline);
    char dropped[16384];
    while (!code) {
        co_await stream.async_read_some(asio::buffer(dropped), asio::redirect_error(asio::use_awaitable, code));
    }
    stream.close();
}

std::size_t unacknowledged(Stream& stream) {
    int bytes = 0;
    if (::ioctl(stream.socket().native_handle(), SIOCOUTQ, &bytes) != 0) return 0;
    return static_cast<std::size_t>(bytes);
}

std::vector<unsigned char> local_address(Stream& stream) {
    error_code code;
    const asio::ip::address address = unmapped(stream.socket().local_endpoint(code).address());
    if (address.is_v4()) {
        const auto octets = address.to_v4().to_bytes();
        return {octets.begin(), octets.end()};
    }
    const auto octets = address.to_v6().to_bytes();
    return {octets.begin(), octets.end()};
}

asio::ip::address peer_address(Stream& stream) {
    error_code code;
    return unmapped(stream.socket().remote_endpoint(code).address());
}

}  // namespace kpropgw::net
