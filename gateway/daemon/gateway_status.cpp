// What the gateway says of itself, its source and its secondaries.
#include "formats/dump/version.hpp"
#include "gateway/config/values.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/daemon/probe.hpp"

#ifndef KPROPGW_VERSION
#error "KPROPGW_VERSION is set by the build"
#endif

namespace kpropgw::daemon {
namespace {

/// The newest serial that a KDC serves as far as its tickets show: what came after a change that shows, and does not
/// show itself, is taken to be there with it.
std::optional<Serial> served(const outbound::Probed& probed, Serial level) {
    const auto proven = probed.proof.proven();
    const auto& stale = probed.proof.stale();
    if (stale) return proven && stale->lacks.serial > Serial{} ? Serial{stale->lacks.serial.value - 1} : Serial{};
    if (!proven) return std::nullopt;
    return std::max(*proven, std::min(probed.newest, level));
}

/// Of a KDC that was seen not to serve what its secondary confirmed.
std::optional<std::string> kdc_problem(const outbound::Probed& probed, Serial level) {
    const auto& stale = probed.proof.stale();
    if (probed.failure || !stale || stale->lacks.serial > level) return std::nullopt;
    return to_answer("", probed, level).text;
}

}  // namespace

Result<control::Status> Gateway::status() {
    auto snapshot = store_->snapshot();
    if (!snapshot) return snapshot.error();
    const store::Summary& summary = (*snapshot)->summary();
    control::Status status;
    status.realm = identity_.realm;
    status.gateway = identity_.host;
    status.version = KPROPGW_VERSION;
    status.started = started_;
    status.serial = summary.serial.value;
    status.journal_low = summary.journal_low.value;
    status.journal_bytes = summary.journal_bytes;
    status.principals = summary.totals.principals;
    status.policies = summary.totals.policies;
    status.source = source_status(summary);
    if (const acl::Entry* primary = acl_.current().primary()) status.primary = primary->host;
    if (summary.position) {
        status.last_push = summary.position->taken;
        status.last_push_from = summary.position->from;
    }
    status.last_refusal = last_refusal_;
    status.held_dump = held_dump_;
    status.acl_problem = acl_.problem();
    status.now = system_clock().now();
    for (const auto& [host, secondary] : fan_out_.secondaries())
        status.secondaries.push_back(status_of(*secondary));
    return status;
}

control::SourceStatus Gateway::source_status(const store::Summary& registry) const {
    const std::string name = config::to_text(config_.source);
    control::SourceStatus status;
    status.kind = name.substr(0, name.find(':'));
    status.name = name;
    if (registry.position && registry.position->source && registry.position->source->source == name) {
        status.position = registry.position->source->serial;
    }
    if (registry.serial != Serial{}) status.last_change = registry.serial_time;
    if (source_) {
        status.last_asked = source_->state().asked;
        if (const auto& error = source_->state().error) {
            status.last_error = error->text();
            if (!error->cause().empty()) status.last_cause = error->cause();
        }
    }
    return status;
}

control::Reach Gateway::reach_of(Serial serial) const {
    const Serial newest = shared_.registry.serial;
    control::Reach reach{serial.value, newest > serial ? newest.value - serial.value : 0, std::nullopt};
    if (reach.behind > 0) {
        if (const auto since = store_->time_after(serial)) reach.behind_since = *since;
    }
    return reach;
}

control::SecondaryStatus Gateway::status_of(const outbound::Secondary& secondary) const {
    const store::SecondaryRow& row = secondary.row();
    control::SecondaryStatus status;
    status.host = secondary.entry().host;
    status.port = secondary.port();
    status.role = acl::to_text(secondary.entry().role);
    status.state = core::to_text(core::state_of(secondary.standing()));
    if (const auto version = secondary.pinned() ? secondary.pinned() : row.learned) {
        status.dump_version = formats::to_text(*version);
    }
    const control::Reach stored = reach_of(row.level);
    status.level = stored.serial;
    status.behind = stored.behind;
    status.behind_since = stored.behind_since;
    status.sent = reach_of(secondary.sent());
    if (const outbound::Probed* probed = prober_.last(secondary.entry().host)) {
        if (const auto serial = served(*probed, row.level)) status.proven = reach_of(*serial);
        status.kdc_problem = kdc_problem(*probed, row.level);
    }
    status.last_success = row.last_success;
    status.last_failure = row.last_failure;
    if (!row.last_error.empty()) status.last_error = row.last_error;
    if (!row.last_cause.empty()) status.last_cause = row.last_cause;
    status.next_try = secondary.next_try();
    status.frozen = row.frozen;
    status.sending = secondary.sending();
    if (const auto& transfer = secondary.transfer()) {
        status.sent_bytes = transfer->sent;
        status.total_bytes = transfer->total;
    }
    return status;
}

}  // namespace kpropgw::daemon
