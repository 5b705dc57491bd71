#include "gateway/outbound/fan_out.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "gateway/events/report.hpp"

namespace kpropgw::outbound {
namespace {

boost::asio::awaitable<void> keep_alive(std::shared_ptr<Secondary> secondary) {
    try {
        co_await secondary->run();
    } catch (const std::exception& problem) {
        events::report(events::session_ended, {{"secondary", secondary->entry().host}, {"error", problem.what()}});
        throw;
    }
}

}  // namespace

Result<void> FanOut::load() {
    auto rows = shared_.store.secondaries();
    if (!rows) return rows.error();
    for (store::SecondaryRow& row : *rows)
        remembered_.insert_or_assign(row.host, std::move(row));
    return {};
}

void FanOut::apply(const acl::Acl& acl, std::string_view own_host) {
    std::map<std::string, std::shared_ptr<Secondary>, std::less<>> next;
    for (const acl::Entry& entry : acl.entries) {
        if (entry.role == acl::Role::primary || entry.host == own_host) continue;
        auto& place = next[entry.host];
        const auto existing = secondaries_.find(entry.host);
        if (existing != secondaries_.end()) {
            place = existing->second;
            if (!(place->entry() == entry)) place->update(entry);
            continue;
        }
        store::SecondaryRow row;
        row.host = entry.host;
        if (auto known = remembered_.extract(entry.host)) row = std::move(known.mapped());
        place = std::make_shared<Secondary>(loop_, entry, std::move(row), shared_);
        boost::asio::co_spawn(loop_, keep_alive(place), boost::asio::detached);
    }
    for (const auto& [host, secondary] : secondaries_) {
        if (next.contains(host)) continue;
        secondary->stop();
        forget(host);
    }
    for (const auto& [host, row] : remembered_)
        forget(host);
    remembered_.clear();
    secondaries_ = std::move(next);
}

void FanOut::forget(const std::string& host) {
    events::report(events::secondary_forgotten, {{"secondary", host}});
    shared_.rows.forget(host);
}

void FanOut::registry_changed(const store::Summary& registry) {
    if (registry.serial < shared_.registry.serial) return;
    const bool policies_too = registry.policy_changed > shared_.registry.policy_changed;
    shared_.registry = registry;
    for (const auto& [host, secondary] : secondaries_)
        secondary->registry_changed(policies_too);
}

std::shared_ptr<Secondary> FanOut::find(std::string_view host) const {
    const auto found = secondaries_.find(host);
    return found == secondaries_.end() ? nullptr : found->second;
}

void FanOut::tick() {
    for (const auto& [host, secondary] : secondaries_)
        secondary->due();
}

void FanOut::configuration_changed(const config::Config& before) {
    const auto set_in = [](const config::Config& config, const std::string& host) {
        const auto found = config.secondaries.find(host);
        return found == config.secondaries.end() ? config::Secondary() : found->second;
    };
    for (const auto& [host, secondary] : secondaries_)
        secondary->configuration_changed(set_in(before, host) != set_in(shared_.setup.config, host));
}

void FanOut::finish() {
    for (const auto& [host, secondary] : secondaries_)
        secondary->finish();
}

std::size_t FanOut::sending() const {
    return static_cast<std::size_t>(std::count_if(secondaries_.begin(), secondaries_.end(),
                                                  [](const auto& each) { return each.second->sending(); }));
}

void FanOut::stop() {
    for (const auto& [host, secondary] : secondaries_)
        secondary->stop();
}

}  // namespace kpropgw::outbound
