// The gateway's order to read its files again: all that changed comes into force, or nothing.
#include <fmt/format.h>

#include "gateway/config/change.hpp"
#include "gateway/daemon/descriptors.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/daemon/reload.hpp"
#include "gateway/events/log.hpp"
#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::daemon {

namespace asio = boost::asio;

asio::awaitable<control::ReloadAnswer> Gateway::reload() {
    // One at a time, so that the files that were read last are in force in the end.
    while (reloading_)
        co_await reloaded_.wait();
    reloading_ = true;
    if (!stopping_) notice_.reloading();
    ReloadCandidate candidate = co_await net::offload(workers_, [&] { return read_again(config_, acl_, identity_); });
    control::ReloadAnswer answer = put_in_force(std::move(candidate));
    reloading_ = false;
    reloaded_.notify();
    if (!stopping_) notice_.ready();
    co_return answer;
}

/// Nothing else happens on the loop between the last look and the last change.
control::ReloadAnswer Gateway::put_in_force(ReloadCandidate candidate) {
    control::ReloadAnswer answer;
    answer.problems = problems_of(candidate, config_, acl_);
    if (stopping_) answer.problems.push_back("the gateway is stopping");
    if (!answer.problems.empty()) {
        for (const std::string& problem : answer.problems)
            events::report(events::reload_refused, {{"error", problem}});
        return answer;
    }
    const config::Config before = config_;
    for (const config::Change& change : config::changes(before, *candidate.configuration.config)) {
        answer.changes.push_back(config::to_text(change));
        events::report(events::option_changed,
                       {{"option", change.option}, {"value", change.after}, {"before", change.before}});
    }
    config::take_live(*candidate.configuration.config, config_);
    if (acl_.adopt(std::move(candidate.acl))) {
        answer.changes.push_back(fmt::format("{}: {} servers", config_.acl_file, acl_.current().entries.size()));
        fan_out_.apply(acl_.current(), identity_.host);
    }
    if (!answer.changes.empty()) configuration_changed(before);
    events::report(events::reloaded, {{"file", config_.file}, {"changes", answer.changes.size()}});
    return answer;
}

/// Tells those that do not look at the configuration each time.
void Gateway::configuration_changed(const config::Config& before) {
    // Only valid ones are read.
    (void)events::log_from(config_.log_level);
    pushes_.limit(config_.max_connections);
    followers_.limit(config_.max_followers);
    raise_descriptor_limit(config_);
    fan_out_.configuration_changed(before);
    refresh_.notify();
}

}  // namespace kpropgw::daemon
