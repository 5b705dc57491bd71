#include "gateway/control/history.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "gateway/control/json.hpp"

namespace kpropgw::control {
namespace {

std::uint32_t fitting(std::uint64_t number) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, std::numeric_limits<std::uint32_t>::max()));
}

std::uint32_t seconds_of(Time time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
    return fitting(static_cast<std::uint64_t>(std::max<std::int64_t>(seconds, 0)));
}

LagSample sample_of(const SecondaryStatus& secondary, Time now) {
    LagSample sample{seconds_of(now), fitting(secondary.behind), 0};
    if (secondary.behind > 0 && secondary.behind_since && *secondary.behind_since < now) {
        sample.seconds = sample.time - seconds_of(*secondary.behind_since);
    }
    return sample;
}

Json object_of(const Propagation& propagation) {
    const auto number = [](const std::optional<std::uint64_t>& value) { return value ? Json(*value) : Json(nullptr); };
    return {{"time", kpropgw::to_text(propagation.time)},
            {"kind", propagation.kind},
            {"role", propagation.role},
            {"outcome", propagation.outcome},
            {"bytes", number(propagation.bytes)},
            {"ms", number(propagation.ms)},
            {"error", propagation.error},
            {"remedy", propagation.remedy}};
}

}  // namespace

void LagHistory::add(const LagSample& sample) {
    for (Series& series : series_) {
        if (!series.kept.empty() && series.kept.back().time / series.span == sample.time / series.span) {
            LagSample& last = series.kept.back();
            last.changes = std::max(last.changes, sample.changes);
            last.seconds = std::max(last.seconds, sample.seconds);
            continue;
        }
        if (series.kept.size() == series.most) series.kept.pop_front();
        series.kept.push_back(sample);
    }
}

std::vector<LagSample> LagHistory::samples() const {
    std::vector<LagSample> all;
    std::uint32_t before = std::numeric_limits<std::uint32_t>::max();
    for (const Series& series : series_) {
        if (series.kept.empty()) continue;
        // A span that ends after the finer ones begin is told by them.
        for (auto sample = series.kept.rbegin(); sample != series.kept.rend(); ++sample) {
            const bool told =
                before != std::numeric_limits<std::uint32_t>::max() && sample->time + series.span > before;
            if (!told) all.push_back(*sample);
        }
        before = std::min(before, series.kept.front().time);
    }
    std::reverse(all.begin(), all.end());
    return all;
}

void History::sample(const Status& status) {
    std::set<std::string_view> there;
    for (const SecondaryStatus& secondary : status.secondaries) {
        there.insert(secondary.host);
        const auto known = hosts_.find(secondary.host);
        if (known == hosts_.end() && hosts_.size() >= most_hosts) continue;
        Seen& seen = hosts_[secondary.host];
        seen.lag.add(sample_of(secondary, status.now));
        if (secondary.role == "Update" && seen.level && secondary.level > *seen.level && !seen.dumped) {
            const std::uint64_t count = secondary.level - *seen.level;
            keep(seen, {status.now, std::to_string(count) + (count == 1 ? " update" : " updates"), secondary.role,
                        "sent", std::nullopt, std::nullopt, "", ""});
        }
        seen.level = secondary.level;
        seen.dumped = false;
    }
    std::erase_if(hosts_, [&](const auto& host) { return !there.contains(host.first); });
}

void History::propagated(std::string_view host, Propagation propagation) {
    const auto known = hosts_.find(host);
    if (known == hosts_.end()) return;
    if (propagation.outcome == "sent") known->second.dumped = true;
    keep(known->second, std::move(propagation));
}

void History::keep(Seen& seen, Propagation propagation) {
    auto& kept = seen.propagations;
    if (kept.size() == most_propagations) kept.pop_back();
    if (propagation.error.size() > longest_error) propagation.error.resize(longest_error);
    propagation.error.shrink_to_fit();
    kept.push_front(std::move(propagation));
}

Result<std::string> History::to_json(std::string_view host, Time now) const {
    const auto known = hosts_.find(host);
    if (known == hosts_.end()) {
        return Error(Errc::not_found, "\"" + std::string(host) + "\" is no secondary in kpropd.acl");
    }
    Json samples = Json::array();
    for (const LagSample& sample : known->second.lag.samples()) {
        samples.push_back(Json::array({sample.time, sample.changes, sample.seconds}));
    }
    Json propagations = Json::array();
    for (const Propagation& propagation : known->second.propagations)
        propagations.push_back(object_of(propagation));
    return print(
        {{"host", host}, {"now", kpropgw::to_text(now)}, {"samples", samples}, {"propagations", propagations}});
}

}  // namespace kpropgw::control
