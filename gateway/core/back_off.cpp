#include "gateway/core/back_off.hpp"

#include <algorithm>

namespace kpropgw::core {

std::chrono::milliseconds delay_after(unsigned failures, BackOff limits, double chance) {
    // Beyond this many the square is above any limit that a configuration may set, and cannot overflow below it.
    constexpr unsigned counted = 10000;
    const std::int64_t count = std::clamp(failures, 1u, counted);
    const auto whole = std::min(limits.max, limits.min * (count * count));
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(static_cast<double>(whole.count()) * (0.5 + chance / 2)));
}

}  // namespace kpropgw::core
