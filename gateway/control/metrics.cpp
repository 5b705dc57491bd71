#include "gateway/control/metrics.hpp"

#include <algorithm>
#include <array>

#include "gateway/metrics/exposition.hpp"
#include "gateway/metrics/process.hpp"

namespace kpropgw::control {
namespace {

namespace catalogue = metrics::catalogue;
using metrics::Exposition;
using metrics::Metric;

/// A state set has a series for each.
constexpr std::array<std::string_view, 5> states{"healthy", "behind", "held", "needs-full", "failing"};

double number(std::uint64_t value) {
    return static_cast<double>(value);
}

double seconds(Time::duration duration) {
    return std::chrono::duration<double>(duration).count();
}

void add_time(Exposition& out, const Metric& metric, const std::optional<Time>& time,
              std::initializer_list<std::string_view> labels = {}) {
    if (time) out.add(metric, seconds(time->time_since_epoch()), labels);
}

void add_gateway(Exposition& out, const Status& status) {
    out.add(catalogue::build_info, 1, {status.version});
    out.add(catalogue::serial, number(status.serial));
    out.add(catalogue::journal_low, number(status.journal_low));
    out.add(catalogue::journal_bytes, number(status.journal_bytes));
    out.add(catalogue::principals, number(status.principals));
    out.add(catalogue::policies, number(status.policies));
    out.add(catalogue::source_info, 1, {status.source.kind});
    add_time(out, catalogue::source_asked, status.source.last_asked);
    add_time(out, catalogue::source_changed, status.source.last_change);
    add_time(out, catalogue::source_taken, status.last_push);
    out.add(catalogue::source_failing, status.source.last_error ? 1 : 0);
    out.add(catalogue::acl_broken, status.acl_problem ? 1 : 0);
}

/// How far a secondary is behind in one sense of the word.
struct Lag {
    std::string_view reach;
    std::uint64_t changes = 0;
    std::optional<Time> since;
};

void add_lag(Exposition& out, const SecondaryStatus& secondary, const Lag& lag, Time now) {
    const std::string_view host = secondary.host;
    const std::string_view role = secondary.role;
    out.add(catalogue::secondary_lag_changes, number(lag.changes), {host, role, lag.reach});
    if (lag.changes == 0) {
        out.add(catalogue::secondary_lag, 0, {host, role, lag.reach});
    } else if (lag.since) {
        const auto age = std::max(now - *lag.since, Time::duration::zero());
        out.add(catalogue::secondary_lag, seconds(age), {host, role, lag.reach});
    }
}

void add_secondary(Exposition& out, const SecondaryStatus& secondary, Time now) {
    const std::string_view host = secondary.host;
    const std::string_view role = secondary.role;
    for (const std::string_view state : states)
        out.add(catalogue::secondary_state, secondary.state == state ? 1 : 0, {host, role, state});
    add_lag(out, secondary, {"sent", secondary.sent.behind, secondary.sent.behind_since}, now);
    add_lag(out, secondary, {"stored", secondary.behind, secondary.behind_since}, now);
    if (secondary.proven) {
        add_lag(out, secondary, {"proven", secondary.proven->behind, secondary.proven->behind_since}, now);
    }
    add_time(out, catalogue::secondary_last_success, secondary.last_success, {host, role});
    out.add(catalogue::secondary_kdc_stale, secondary.kdc_problem ? 1 : 0, {host, role});
    out.add(catalogue::secondary_sending, secondary.sending ? 1 : 0, {host, role});
}

}  // namespace

std::string metrics_text(const Result<Status>& status, const metrics::Metrics& counted, Time started) {
    Exposition out;
    if (status) {
        add_gateway(out, *status);
        for (const SecondaryStatus& secondary : status->secondaries)
            add_secondary(out, secondary, status->now);
    }
    out.add(counted);
    metrics::add_process(out, started);
    return std::move(out).text();
}

}  // namespace kpropgw::control
