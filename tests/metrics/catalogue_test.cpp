// What can be wrong in the catalogue before anything is counted.
#include "gateway/metrics/catalogue.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace kpropgw::metrics {
namespace {

TEST(Catalogue, NamesEachMetricOnce) {
    std::set<std::string_view> names;
    for (const Metric* metric : all())
        EXPECT_TRUE(names.insert(metric->name).second) << metric->name;
    EXPECT_GT(names.size(), 30u);
}

TEST(Catalogue, KeepsToTheConventionsOfPrometheus) {
    for (const Metric* metric : all()) {
        const std::string_view name = metric->name;
        EXPECT_TRUE(name.starts_with("kpropgw_") || name.starts_with("process_")) << name;
        EXPECT_EQ(name.ends_with("_total"), metric->type == Type::counter) << name;
        const std::string stem(name.substr(0, name.size() - (name.ends_with("_total") ? 6 : 0)));
        EXPECT_EQ(stem.ends_with("_seconds"), metric->unit.starts_with("seconds")) << name;
        EXPECT_EQ(stem.ends_with("_bytes"), metric->unit == "bytes") << name;
        EXPECT_EQ(stem.ends_with("_timestamp_seconds") || name == "process_start_time_seconds",
                  metric->unit == "seconds since 1970")
            << name;
    }
}

TEST(Catalogue, SaysOfEachWhatItIs) {
    for (const Metric* metric : all()) {
        EXPECT_TRUE(metric->help.ends_with('.')) << metric->name;
        EXPECT_TRUE(metric->worry.empty() || metric->worry.ends_with('.')) << metric->name;
        EXPECT_FALSE(metric->unit.empty()) << metric->name;
        EXPECT_EQ(metric->help.find('|'), std::string_view::npos) << metric->name << ": it would end the table's cell";
    }
}

TEST(Catalogue, GivesHistogramsAscendingBoundsAndNoOther) {
    for (const Metric* metric : all()) {
        EXPECT_EQ(metric->type == Type::histogram, !metric->buckets.empty()) << metric->name;
        EXPECT_TRUE(std::is_sorted(metric->buckets.begin(), metric->buckets.end(), std::less_equal<>()) ||
                    metric->buckets.size() < 2)
            << metric->name;
    }
}

TEST(Catalogue, LabelsAreNothingThatAPeerSends) {
    const std::set<std::string_view> bounded{"version", "secondary", "role",   "state",     "kind", "outcome",
                                             "door",    "reach",     "reason", "operation", "code"};
    for (const Metric* metric : all()) {
        for (const std::string_view label : std::span(metric->labels).first(metric->label_count()))
            EXPECT_TRUE(bounded.contains(label)) << metric->name << " " << label;
    }
}

}  // namespace
}  // namespace kpropgw::metrics
