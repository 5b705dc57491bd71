#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "gateway/net/frames.hpp"

namespace kpropgw::outbound {

/// Where a kpropd takes dumps.
struct KpropPort {
    std::string host;
    std::uint16_t port = 0;
};

/// A refusal is tried again until `patience` is over. unavailable, and not_found where it was refused to the last.
boost::asio::awaitable<Result<void>> connect(net::Stream& stream, const KpropPort& to,
                                             std::chrono::milliseconds deadline, std::chrono::milliseconds patience);

/// Whether a kpropd that follows the gateway, and waits for its answer now, is one up to MIT 1.10: those take
/// connections only once they were granted a dump, and then one of them (kpropd.c:do_standalone), later ones always.
boost::asio::awaitable<bool> listens_only_when_granted(const KpropPort& kpropd, std::chrono::milliseconds deadline);

}  // namespace kpropgw::outbound
