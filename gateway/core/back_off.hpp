#pragma once
#include <chrono>

namespace kpropgw::core {

struct BackOff {
    std::chrono::milliseconds min;
    std::chrono::milliseconds max;
};

/// How long to wait after the `failures`th failure in a row (from 1): min * failures squared, at most max, and of
/// that the part from a half to the whole that `chance` (0 to 1) picks, so that secondaries do not retry in step.
std::chrono::milliseconds delay_after(unsigned failures, BackOff limits, double chance);

}  // namespace kpropgw::core
