#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <memory>
#include <optional>
#include <string>

#include "gateway/control/http_limits.hpp"
#include "gateway/control/orders.hpp"

namespace kpropgw::control {

/// The control API (messages.hpp) on a unix socket. All of it runs on `executor`, which must run one thing at a time
/// (one thread, or a strand); start, stop and the destructor are called there too. `orders` must outlive the last run
/// of that loop, since an order that waits ends after stop().
class Server {
public:
    /// Root and this process's user may order; members of the group `readers`, if any, may GET.
    Server(boost::asio::any_io_executor executor, std::string path, Orders& orders, ServerLimits limits = {},
           std::optional<std::string> readers = {});
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// `not_found` for a group that is none, `conflict` when another kpropgw answers at the path.
    Result<void> start();

    /// Takes the socket away and ends every session. No order is called afterwards.
    void stop();

private:
    class State;
    std::shared_ptr<State> state_;
};

}  // namespace kpropgw::control
