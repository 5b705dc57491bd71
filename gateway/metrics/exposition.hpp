#pragma once
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/metrics/catalogue.hpp"

namespace kpropgw::metrics {

class Metrics;

/// What one scrape is answered with: the text format of Prometheus, version 0.0.4, families in the catalogue's order.
/// Made for a scrape and given away with it, so that a series whose subject is gone is gone too.
class Exposition {
public:
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

    Exposition();
    ~Exposition();
    Exposition(const Exposition&) = delete;
    Exposition& operator=(const Exposition&) = delete;

    /// A value of a gauge or counter, with a value for each of its labels, in their order. Each series once.
    void add(const Metric& metric, double value, std::initializer_list<std::string_view> label_values = {});

    /// All that was counted.
    void add(const Metrics& counted);

    /// Metrics without a series are left out. The exposition is used up.
    std::string text() &&;

private:
    struct Families;
    std::unique_ptr<Families> families_;
};

}  // namespace kpropgw::metrics
