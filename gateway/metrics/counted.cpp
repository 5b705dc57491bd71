#include "gateway/metrics/counted.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kpropgw::metrics {
namespace {

using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;
using prometheus::Registry;
using Values = std::initializer_list<std::string_view>;

prometheus::Labels labels(const Metric& metric, Values values) {
    prometheus::Labels labels;
    auto name = metric.labels.begin();
    for (const std::string_view value : values)
        labels.emplace(*name++, value);
    return labels;
}

/// The family of that name, made by the first who asks for it.
template <class Builder>
auto& family(Builder builder, const Metric& metric, Registry& registry) {
    return builder.Name(std::string(metric.name)).Help(std::string(metric.help)).Register(registry);
}

Counter& counter(Registry& registry, const Metric& metric, Values values = {}) {
    return family(prometheus::BuildCounter(), metric, registry).Add(labels(metric, values));
}

Gauge& gauge(Registry& registry, const Metric& metric) {
    return family(prometheus::BuildGauge(), metric, registry).Add({});
}

Histogram& histogram(Registry& registry, const Metric& metric, Values values = {}) {
    return family(prometheus::BuildHistogram(), metric, registry)
        .Add(labels(metric, values), Histogram::BucketBoundaries(metric.buckets.begin(), metric.buckets.end()));
}

/// Ids of causes are those of the catalogue of events, and so a bounded list.
std::string_view reason_of(const Error& why) {
    return why.cause().empty() ? "other" : why.cause();
}

Counted::Out out_of(Registry& registry, std::string_view role) {
    return {counter(registry, catalogue::propagations, {role, "full", "confirmed"}),
            counter(registry, catalogue::propagations, {role, "full", "failed"}),
            counter(registry, catalogue::sent_bytes, {role, "full"}),
            histogram(registry, catalogue::full_duration, {role}), histogram(registry, catalogue::delay, {role})};
}

}  // namespace

Counted::Counted()
    : out{out_of(registry, sent_roles[0]), out_of(registry, sent_roles[1]), out_of(registry, sent_roles[2]),
          out_of(registry, sent_roles[3])},
      updates_confirmed(counter(registry, catalogue::propagations, {sent_roles[update_role], "update", "confirmed"})),
      updates_failed(counter(registry, catalogue::propagations, {sent_roles[update_role], "update", "failed"})),
      update_bytes(counter(registry, catalogue::sent_bytes, {sent_roles[update_role], "update"})),
      resyncs(counter(registry, catalogue::resyncs_granted)),
      followers(gauge(registry, catalogue::followers)),
      followers_refused(counter(registry, catalogue::followers_refused)),
      pushes_taken(counter(registry, catalogue::pushes, {"taken"})),
      pushes_refused(counter(registry, catalogue::pushes, {"refused"})),
      dump_held(gauge(registry, catalogue::dump_held)),
      push_bytes(counter(registry, catalogue::push_bytes)),
      push_duration(histogram(registry, catalogue::push_duration)),
      added(counter(registry, catalogue::changes_taken, {"add"})),
      changed(counter(registry, catalogue::changes_taken, {"change"})),
      removed(counter(registry, catalogue::changes_taken, {"remove"})),
      failures(family(prometheus::BuildCounter(), catalogue::failures, registry)),
      requests{} {
    for (const std::size_t digit : {2U, 4U, 5U})
        requests.at(digit) = &counter(registry, catalogue::control_requests, {std::to_string(digit) + "xx"});
}

Counted::Out* Counted::of(std::string_view role) {
    const auto found = std::find(sent_roles.begin(), sent_roles.end(), role);
    return found == sent_roles.end() ? nullptr : &out.at(static_cast<std::size_t>(found - sent_roles.begin()));
}

void Counted::failed(std::string_view door, const Error& why) {
    failures.Add(labels(catalogue::failures, {door, reason_of(why)})).Increment();
}

}  // namespace kpropgw::metrics
