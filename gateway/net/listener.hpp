#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/net/frames.hpp"

namespace kpropgw::net {

/// Where to listen, and for whom.
struct Listening {
    std::string address;  ///< numeric; "::" for all, IPv4 too
    std::uint16_t port = 0;
    std::uint32_t most_connections = 0;  ///< at once; who comes after is closed
    std::string_view limit;              ///< the option that sets it, for the log. A literal
};

/// The error says what to do when the port is taken or privileged. "::" takes IPv4 too.
Result<asio::ip::tcp::acceptor> listen_on(const asio::any_io_executor& loop, const std::string& address,
                                          std::uint16_t port);

/// Accepts connections and gives each its own conversation. Lives on the loop; what `converse` uses must outlive it and
/// the conversations, which end by themselves within their deadlines.
class Listener {
public:
    using Converse = std::function<asio::awaitable<void>(Stream)>;

    Listener(const asio::any_io_executor& loop, Listening listening, Converse converse)
        : listening_(std::move(listening)), converse_(std::move(converse)), acceptor_(loop) {}

    Result<void> start();
    void stop();

    bool is_open() const { return acceptor_.is_open(); }
    /// From now on; who is connected stays.
    void limit(std::uint32_t most_connections) { listening_.most_connections = most_connections; }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    asio::awaitable<void> accept();
    asio::awaitable<void> converse(Stream stream);

    Listening listening_;
    Converse converse_;
    asio::ip::tcp::acceptor acceptor_;
    std::uint32_t connections_ = 0;
};

}  // namespace kpropgw::net
