#pragma once
#include <boost/asio/ip/tcp.hpp>

#include "gateway/inbound/receiver.hpp"

namespace kpropgw::inbound {

/// Accepts pushers and gives each its own conversation. Lives on the loop; `door` must outlive it and the
/// conversations, which end by themselves within their deadlines.
class Listener {
public:
    Listener(const boost::asio::any_io_executor& loop, const Door& door) : door_(door), acceptor_(loop) {}

    /// Listens on config.listen; the error says what to do when the port is taken or privileged.
    Result<void> start();
    void stop();

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> converse(net::Stream stream);

    const Door& door_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint32_t connections_ = 0;
};

}  // namespace kpropgw::inbound
