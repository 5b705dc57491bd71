#include "gateway/metrics/exposition.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <cassert>
#include <sstream>
#include <unordered_map>
#include <vector>

#include "gateway/metrics/counted.hpp"
#include "gateway/metrics/metrics.hpp"

namespace kpropgw::metrics {
namespace {

prometheus::MetricType type_of(const Metric& metric) {
    switch (metric.type) {
        case Type::gauge:
            return prometheus::MetricType::Gauge;
        case Type::counter:
            return prometheus::MetricType::Counter;
        case Type::histogram:
            return prometheus::MetricType::Histogram;
    }
    return prometheus::MetricType::Untyped;
}

}  // namespace

struct Exposition::Families {
    std::vector<prometheus::MetricFamily> list;
    std::unordered_map<std::string_view, std::size_t> places;  ///< by name; the catalogue outlives it
};

Exposition::Exposition() : families_(std::make_unique<Families>()) {
    for (const Metric* metric : all()) {
        families_->places.emplace(metric->name, families_->list.size());
        families_->list.push_back({std::string(metric->name), std::string(metric->help), type_of(*metric), {}});
    }
}

Exposition::~Exposition() = default;

void Exposition::add(const Metric& metric, double value, std::initializer_list<std::string_view> label_values) {
    assert(label_values.size() == metric.label_count());
    prometheus::ClientMetric& series = families_->list[families_->places.at(metric.name)].metric.emplace_back();
    auto name = metric.labels.begin();
    for (const std::string_view label : label_values)
        series.label.push_back({std::string(*name++), std::string(label)});
    (metric.type == Type::counter ? series.counter.value : series.gauge.value) = value;
}

void Exposition::add(const Metrics& counted) {
    for (prometheus::MetricFamily& family : counted.counted().registry.Collect())
        families_->list[families_->places.at(family.name)] = std::move(family);
}

std::string Exposition::text() && {
    std::erase_if(families_->list, [](const prometheus::MetricFamily& family) { return family.metric.empty(); });
    std::ostringstream out;
    prometheus::TextSerializer().Serialize(out, families_->list);
    return std::move(out).str();
}

}  // namespace kpropgw::metrics
