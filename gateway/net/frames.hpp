#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

/// kprop's frames on a TCP connection, shared by both wings. Every wait has a deadline.
namespace kpropgw::net {

namespace asio = boost::asio;
using Stream = boost::beast::tcp_stream;

struct Frame {
    std::string bytes;
    bool closed = false;  ///< the peer ended the connection cleanly, with no byte of a further frame
};

/// What went wrong on a stream, for people. `doing`: "reading", "sending".
Error stream_failure(const boost::system::error_code& code, std::string_view doing, std::chrono::milliseconds deadline);

/// Memory grows with what arrives, not with the length announced.
asio::awaitable<Result<Frame>> read_frame(Stream& stream, std::size_t limit, std::chrono::milliseconds deadline);

asio::awaitable<Result<void>> write_frame(Stream& stream, std::string_view bytes, std::chrono::milliseconds deadline);

/// Bytes without a frame.
asio::awaitable<Result<void>> write_raw(Stream& stream, std::string_view bytes, std::chrono::milliseconds deadline);
asio::awaitable<Result<char>> read_byte(Stream& stream, std::chrono::milliseconds deadline);

/// Ends our side, then reads and drops what the peer still sends until it closes: a connection closed with unread
/// bytes is reset, and the peer would not see our last message.
asio::awaitable<void> close_gently(Stream& stream, std::chrono::milliseconds deadline);

/// Bytes that we sent and the peer's system has not acknowledged.
std::size_t unacknowledged(Stream& stream);

/// Our own address of the connection, 4 or 16 octets; a v4-mapped one as 4.
std::vector<unsigned char> local_address(Stream& stream);

/// The peer's address as text, v4-mapped ones as IPv4.
boost::asio::ip::address peer_address(Stream& stream);

}  // namespace kpropgw::net
