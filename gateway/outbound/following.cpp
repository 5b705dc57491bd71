#include "gateway/outbound/following.hpp"

#include <fmt/format.h>

#include "gateway/events/report.hpp"

namespace kpropgw::outbound {
namespace {

core::ResyncLimits resync_limits(const config::Config& config) {
    return {.an_hour = config.resyncs_an_hour, .quiet = config.policy_quiet};
}

}  // namespace

Following::Following(const boost::asio::any_io_executor& loop, const config::Config& config, store::SecondaryRow& row,
                     std::function<void()> remember)
    : row_(row), remember_(std::move(remember)), changed_(loop), budget_(resync_limits(config)) {}

std::uint64_t Following::ask(Time now) {
    row_.last_contact = now;
    notify();
    return ++questions_;
}

boost::asio::awaitable<void> Following::changed(std::uint64_t seen, std::chrono::steady_clock::time_point deadline) {
    if (changes_ == seen) co_await changed_.wait(deadline);
}

void Following::confirm(Serial level, Time level_time, Time now) {
    const bool is_news = row_.level != level || row_.failures > 0;
    row_.level = level;
    row_.level_time = level_time;
    if (row_.refused && *row_.refused <= level) row_.refused.reset();
    std::erase_if(row_.skipped, [&](Serial serial) { return serial <= level; });
    row_.last_success = now;
    if (!row_.refused) {
        row_.failures = 0;
        row_.last_error.clear();
        row_.last_cause.clear();
    }
    if (is_news) remember_();
}

void Following::no_full_is_open() {
    if (!row_.unconfirmed_full) return;
    row_.unconfirmed_full.reset();
    remember_();
}

void Following::limit(const config::Config& config) {
    budget_.limit(resync_limits(config));
    notify();
}

void Following::refuse(Serial serial, Time now) {
    if (row_.refused == serial) return;
    row_.refused = serial;
    row_.last_failure = now;
    row_.last_error = fmt::format(
        "its kpropd cannot take the update of serial {0}: its log says why; kpropgw skip {1} --serial {0} does without "
        "that one, kpropgw prop {1} sends the full registry",
        serial.value, row_.host);
    row_.last_cause = causes::update_not_taken.id;
    events::report(events::update_refused,
                   {{"secondary", row_.host}, {"serial", serial.value}, {"error", row_.last_error}});
    remember_();
}

void Following::skip(Serial serial) {
    row_.skipped.insert(serial);
    batch_size_.skipped();
    if (row_.refused == serial) {
        row_.refused.reset();
        row_.last_error.clear();
        row_.last_cause.clear();
    }
    remember_();
    notify();
}

}  // namespace kpropgw::outbound
