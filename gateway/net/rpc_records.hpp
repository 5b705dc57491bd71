#pragma once
#include "gateway/net/frames.hpp"

/// Records of ONC RPC on a TCP connection (RFC 5531 11), beside kprop's frames. Every wait has a deadline.
namespace kpropgw::net {

struct Record {
    std::string bytes;
    bool closed = false;  ///< the peer ended the connection cleanly, with no byte of a further record
};

/// Puts a record's fragments together. invalid_input above `limit`, before anything is allocated for it; memory grows
/// with what arrives.
asio::awaitable<Result<Record>> read_record(Stream& stream, std::size_t limit, std::chrono::milliseconds deadline);

/// One fragment; at most 2 GiB - 1.
asio::awaitable<Result<void>> write_record(Stream& stream, std::string_view bytes, std::chrono::milliseconds deadline);

}  // namespace kpropgw::net
