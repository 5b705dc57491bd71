// The PROP order.
#include <fmt/format.h>

#include <algorithm>

#include "acl/roles.hpp"
#include "base/nearest.hpp"
#include "gateway/daemon/gateway.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {
namespace {

/// Of which the gateway can still say how they went.
constexpr std::size_t most_runs = 64;

bool has_role(const outbound::Secondary& secondary, const std::string& lower_case) {
    return to_lower(acl::to_text(secondary.entry().role)) == lower_case;
}

}  // namespace

/// Names, in the order's case and order; some may be no secondary.
Result<std::vector<std::string>> Gateway::hosts_of(const control::PropOrder& order) const {
    if (!order.all && order.role.empty()) return order.hosts;
    const std::string role = to_lower(order.role);
    std::vector<std::string> hosts;
    for (const auto& [host, secondary] : fan_out_.secondaries()) {
        if (order.all || has_role(*secondary, role)) hosts.push_back(host);
    }
    if (order.all || !hosts.empty()) return hosts;
    const bool is_role = std::any_of(acl::role_names.begin(), acl::role_names.end(),
                                     [&](std::string_view name) { return to_lower(name) == role; });
    if (!is_role) {
        return Error(Errc::invalid_input,
                     fmt::format("role \"{}\" is not known{}", order.role, did_you_mean(order.role, acl::role_names)));
    }
    return Error(Errc::not_found, fmt::format("no secondary in kpropd.acl has the role \"{}\"", order.role));
}

Result<control::PropReport> Gateway::prop(control::PropOrder order) {
    if (stopping_) return Error(Errc::unavailable, "the gateway is stopping");
    auto hosts = hosts_of(order);
    if (!hosts) return hosts.error();
    PropRun run(next_run_++, shared_.registry.serial);
    for (std::string& host : *hosts) {
        if (const auto secondary = fan_out_.find(to_lower(host))) {
            run.add(secondary, order.full);
        } else {
            run.add_unknown(std::move(host));
        }
    }
    events::report(events::prop_ordered, {{"secondaries", hosts->size()}, {"full", order.full ? "yes" : "no"}});
    runs_.push_back(std::move(run));
    if (runs_.size() > most_runs) runs_.pop_front();
    return runs_.back().report();
}

Result<control::PropReport> Gateway::prop_report(std::uint64_t order) {
    const auto found =
        std::find_if(runs_.begin(), runs_.end(), [order](const PropRun& run) { return run.number() == order; });
    if (found != runs_.end()) return found->report();
    return Error(Errc::not_found,
                 fmt::format("order {} is not known: the gateway was restarted since, or many came after it; "
                             "\"kpropgw status\" tells who has what",
                             order));
}

}  // namespace kpropgw::daemon
