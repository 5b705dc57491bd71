// The gateway's orders about the journal and the levels of secondaries.
#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/daemon/journal.hpp"
#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::daemon {

namespace asio = boost::asio;

namespace {

/// Looking at 2,000 levels takes microseconds, and saves every session from telling whoever may wait.
constexpr std::chrono::milliseconds between_looks{20};

}  // namespace

Result<std::shared_ptr<outbound::Secondary>> Gateway::find(const std::string& host) const {
    auto secondary = fan_out_.find(to_lower(host));
    if (!secondary) return Error(Errc::not_found, fmt::format("\"{}\" is no secondary in kpropd.acl", host));
    return secondary;
}

asio::awaitable<Result<control::JournalPage>> Gateway::journal(control::JournalQuery query) {
    co_return co_await net::offload(workers_, [&] { return read_journal(*store_, query); });
}

Result<control::WaitAnswer> Gateway::levels(const std::vector<std::string>& hosts, Serial serial) const {
    control::WaitAnswer answer{serial.value, shared_.registry.serial.value, {}};
    const auto look_at = [&](const outbound::Secondary& secondary) {
        const store::SecondaryRow& row = secondary.row();
        if (row.level >= serial) return;
        const auto state = core::state_of(secondary.standing());
        answer.lacking.push_back(
            {secondary.entry().host, row.level.value, std::string(core::to_text(state)), row.last_error});
    };
    for (const std::string& host : hosts) {
        const auto secondary = find(host);
        if (!secondary) return secondary.error();
        look_at(**secondary);
    }
    if (!hosts.empty()) return answer;
    for (const auto& [host, secondary] : fan_out_.secondaries()) {
        if (secondary->entry().role != acl::Role::manual) look_at(*secondary);
    }
    return answer;
}

asio::awaitable<Result<control::WaitAnswer>> Gateway::wait(control::WaitOrder order) {
    // Where nothing has come yet the first registry is waited for: that nobody lacks anything would mislead a script.
    const Serial serial = order.serial ? Serial{*order.serial} : std::max(shared_.registry.serial, Serial{1});
    const auto deadline = std::chrono::steady_clock::now() + std::min(order.timeout, control::longest_wait);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (;;) {
        auto answer = levels(order.hosts, serial);
        if (!answer || answer->reached() || std::chrono::steady_clock::now() >= deadline) co_return answer;
        timer.expires_after(between_looks);
        co_await timer.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<Result<void>> Gateway::skip(control::SkipOrder order) {
    const auto found = find(order.host);
    if (!found) co_return found.error();
    const std::shared_ptr<outbound::Secondary> secondary = *found;
    if (secondary->entry().role != acl::Role::update) {
        co_return Error(Errc::conflict, fmt::format("\"{}\" is {}, and only an Update secondary can skip one update",
                                                    order.host, acl::to_text(secondary->entry().role)));
    }
    const Serial level = secondary->row().level;
    if (order.serial <= level.value || order.serial > shared_.registry.serial.value) {
        co_return Error(Errc::conflict, fmt::format("\"{}\" has {} of {}: it does not lack update {}", order.host,
                                                    level.value, shared_.registry.serial.value, order.serial));
    }
    events::report(events::skip_ordered, {{"secondary", secondary->entry().host}, {"serial", order.serial}});
    secondary->following().skip(Serial{order.serial});
    co_await shared_.rows.stored();
    co_return Result<void>();
}

asio::awaitable<void> Gateway::trim_journal() {
    const store::Retention retention{config_.journal_max_age, config_.journal_max_size};
    const auto trimmed = co_await net::offload(workers_, [&] { return store_->trim(retention, system_clock().now()); });
    if (!trimmed) {
        events::report(events::journal_not_trimmed, {}, trimmed.error());
        co_return;
    }
    shared_.registry.journal_low = std::max(shared_.registry.journal_low, trimmed->low);
    if (trimmed->changes > 0) {
        events::report(events::journal_trimmed, {{"changes", trimmed->changes}, {"low", trimmed->low.value}});
    }
}

}  // namespace kpropgw::daemon
