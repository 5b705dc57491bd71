#pragma once
#include <string>

#include "gateway/control/status.hpp"
#include "gateway/metrics/metrics.hpp"

namespace kpropgw::control {

/// What /metrics answers: the gauges of `status`, what was counted, and the process. Where status could not be told the
/// rest is said all the same.
std::string metrics_text(const Result<Status>& status, const metrics::Metrics& counted, Time started);

}  // namespace kpropgw::control
