// The gateway as a service: what signals tell it, how it ends, and what the service manager is told.
#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <csignal>

#include "gateway/daemon/gateway.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {

namespace asio = boost::asio;
using std::chrono::steady_clock;

namespace {

constexpr std::chrono::milliseconds between_looks{50};
constexpr std::chrono::seconds between_status_lines{1};

/// For what comes after the bound: rows are stored, workers end what they are at.
constexpr std::chrono::seconds to_wind_up{10};

}  // namespace

asio::awaitable<void> Gateway::obey_signals() {
    for (;;) {
        const int number = co_await signals_.async_wait(asio::use_awaitable);
        if (number == SIGHUP) {
            asio::co_spawn(loop_, reload(), asio::detached);
        } else if (!stopping_) {
            asio::co_spawn(loop_, finish_and_stop(), asio::detached);
        } else {
            events::report(events::stopping_at_once);
            stop_at_once();
        }
    }
}

std::size_t Gateway::under_way() const {
    return fan_out_.sending() + receiving_;
}

asio::awaitable<void> Gateway::finish_and_stop() {
    stop_at_ = steady_clock::now() + config_.stop_timeout;
    stopping_ = true;
    events::report(
        events::stopping,
        {{"sending", fan_out_.sending()}, {"receiving", receiving_}, {"stop_timeout", config_.stop_timeout.count()}});
    notice_.stopping(config_.stop_timeout + to_wind_up);
    if (source_) source_->stop();
    pushes_.stop();
    followers_.stop();
    fan_out_.finish();
    prober_.stop();
    asio::steady_timer timer(loop_);
    while (under_way() > 0 && steady_clock::now() < stop_at_) {
        notice_.status(service_line());
        timer.expires_after(between_looks);
        co_await timer.async_wait(asio::use_awaitable);
    }
    stop_at_once();
}

void Gateway::stop_at_once() {
    for (const auto& [host, secondary] : fan_out_.secondaries()) {
        if (secondary->sending()) events::report(events::propagation_cut, {{"secondary", host}});
    }
    if (receiving_ > 0) events::report(events::push_cut, {{"pushes", receiving_}});
    control_.stop();
    if (page_) page_->stop();
    fan_out_.stop();
    loop_.stop();
}

std::string Gateway::service_line() const {
    if (stopping_) {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(stop_at_ - steady_clock::now());
        return fmt::format("stopping: {} being sent, {} being received, {} s left", fan_out_.sending(), receiving_,
                           std::max<std::int64_t>(left.count(), 0));
    }
    const auto& all = fan_out_.secondaries();
    if (shared_.registry.serial == Serial{}) return fmt::format("no registry yet, {} secondaries", all.size());
    const auto healthy = std::count_if(all.begin(), all.end(), [](const auto& each) {
        return core::state_of(each.second->standing()) == core::SecondaryState::healthy;
    });
    return fmt::format("serial {}, {} of {} secondaries healthy", shared_.registry.serial.value, healthy, all.size());
}

asio::awaitable<void> Gateway::inform_service_manager() {
    if (!notice_.is_wanted()) co_return;
    notice_.status(service_line());
    notice_.ready();
    asio::steady_timer timer(loop_);
    auto alive_at = steady_clock::now();
    for (;;) {
        const auto now = steady_clock::now();
        auto next = now + between_status_lines;
        if (notice_.watchdog()) {
            // That this runs shows that the loop turns.
            if (now >= alive_at && store_->snapshot()) {
                notice_.alive();
                alive_at = now + *notice_.watchdog() / 2;
            }
            next = std::min(next, std::max(alive_at, now + between_looks));
        }
        notice_.status(service_line());
        timer.expires_at(next);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

}  // namespace kpropgw::daemon
