#pragma once
// Private to gateway/metrics: the series behind Metrics. All that can be known beforehand is there from the start, at
// 0, since Prometheus takes no series that begins at 1 for an increase.
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>

#include "base/error.hpp"
#include "gateway/metrics/catalogue.hpp"

namespace kpropgw::metrics {

/// Those that are sent something, in the order of Counted::out.
inline constexpr std::array<std::string_view, 4> sent_roles{"Replace", "Compat", "Update", "Manual"};
inline constexpr std::size_t update_role = 2;

struct Counted {
    Counted();

    /// Of what one role is sent as dumps.
    struct Out {
        prometheus::Counter& confirmed;
        prometheus::Counter& failed;
        prometheus::Counter& bytes;
        prometheus::Histogram& duration;
        prometheus::Histogram& delay;
    };

    /// nullptr for a role that is sent nothing.
    Out* of(std::string_view role);
    void failed(std::string_view door, const Error& why);

    prometheus::Registry registry;
    std::array<Out, sent_roles.size()> out;
    prometheus::Counter& updates_confirmed;
    prometheus::Counter& updates_failed;
    prometheus::Counter& update_bytes;
    prometheus::Counter& resyncs;
    prometheus::Gauge& followers;
    prometheus::Counter& followers_refused;
    prometheus::Counter& pushes_taken;
    prometheus::Counter& pushes_refused;
    prometheus::Gauge& dump_held;
    prometheus::Counter& push_bytes;
    prometheus::Histogram& push_duration;
    prometheus::Counter& added;
    prometheus::Counter& changed;
    prometheus::Counter& removed;
    prometheus::Family<prometheus::Counter>& failures;
    std::array<prometheus::Counter*, 6> requests;  ///< by the first digit of the status
};

}  // namespace kpropgw::metrics
