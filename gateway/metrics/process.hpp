#pragma once
#include "base/clock.hpp"
#include "gateway/metrics/exposition.hpp"

namespace kpropgw::metrics {

/// What every process says of itself (proc(5): statm, fd; getrusage, getrlimit). What cannot be read is left out.
void add_process(Exposition& exposition, Time started);

}  // namespace kpropgw::metrics
