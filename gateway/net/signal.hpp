#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kpropgw::net {

namespace asio = boost::asio;

/// Wakes the coroutines of one loop that wait for something to have changed. A waiter looks at what it waits for
/// before and after: notify() is not remembered.
class Signal {
public:
    explicit Signal(const asio::any_io_executor& loop) : timer_(loop, asio::steady_timer::time_point::max()) {}

    /// Also wakes at `deadline`. Only one waiter at a time may give one.
    asio::awaitable<void> wait(asio::steady_timer::time_point deadline = asio::steady_timer::time_point::max()) {
        if (deadline != timer_.expiry()) timer_.expires_at(deadline);
        boost::system::error_code cancelled;
        co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }

    void notify() { timer_.cancel(); }

private:
    asio::steady_timer timer_;
};

}  // namespace kpropgw::net
