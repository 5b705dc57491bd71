// The order to ask the source at once.
#include <fmt/format.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/config/values.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds between_looks{20};

}  // namespace

asio::awaitable<Result<control::RefreshAnswer>> Gateway::refresh() {
    if (!source_) {
        co_return Error(Errc::unavailable,
                        "the primary pushes to the gateway by itself (source = kprop): push there, or name a source "
                        "in kpropgw.conf");
    }
    control::RefreshAnswer answer;
    answer.source = config::to_text(config_.source);
    answer.before = shared_.registry.serial.value;
    events::report(events::refresh_ordered, {{"source", answer.source}, {"serial", answer.before}});
    const auto deadline = std::chrono::steady_clock::now() + control::longest_refresh;
    const std::uint64_t question = source_->ask_now();
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (!source_->answer_to(question)) {
        if (std::chrono::steady_clock::now() >= deadline) {
            co_return Error(Errc::unavailable, fmt::format("{}: no answer within {} s; it is asked on", answer.source,
                                                           control::longest_refresh / std::chrono::seconds(1)));
        }
        timer.expires_after(between_looks);
        co_await timer.async_wait(asio::use_awaitable);
    }
    const Result<inbound::Found>& found = *source_->answer_to(question);
    if (!found) co_return Error(Errc::unavailable, fmt::format("{}: {}", answer.source, found.error().text()));
    answer.after = shared_.registry.serial.value;
    answer.full_comes = *found == inbound::Found::full_comes;
    co_return answer;
}

}  // namespace kpropgw::daemon
