// The gateway's orders to send a secondary nothing, and to go on.
#include <fmt/format.h>

#include "gateway/daemon/gateway.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {

namespace asio = boost::asio;

asio::awaitable<Result<control::FreezeAnswer>> Gateway::freeze(control::FreezeOrder order) {
    const auto secondary = find(order.host);
    if (!secondary) co_return secondary.error();
    events::report(events::frozen, {{"secondary", (*secondary)->entry().host}, {"reason", order.reason}});
    (*secondary)->freeze(std::move(order.reason));
    // What was said to be frozen stays so after a crash.
    co_await shared_.rows.stored();
    co_return control::FreezeAnswer{(*secondary)->sending()};
}

asio::awaitable<Result<void>> Gateway::thaw(control::ThawOrder order) {
    const auto secondary = find(order.host);
    if (!secondary) co_return secondary.error();
    if (!(*secondary)->frozen()) {
        co_return Error(Errc::conflict, fmt::format("\"{}\" is not frozen", order.host));
    }
    events::report(events::thawed, {{"secondary", (*secondary)->entry().host}});
    (*secondary)->thaw();
    co_await shared_.rows.stored();
    co_return Result<void>();
}

}  // namespace kpropgw::daemon
