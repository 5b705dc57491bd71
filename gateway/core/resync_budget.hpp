#pragma once
#include <chrono>
#include <deque>
#include <optional>

#include "gateway/core/update_plan.hpp"

namespace kpropgw::core {

struct ResyncLimits {
    unsigned an_hour = 12;                      ///< full resyncs of one secondary; at least 1
    std::chrono::milliseconds quiet{2000};      ///< since the last change of a policy before a resync for it begins
    std::chrono::milliseconds patience{30000};  ///< since the first of them, however many follow
};

/// When a full resync of one secondary may begin. Pure: the caller says what time it is, on a clock that does not step.
class ResyncBudget {
public:
    using Instant = std::chrono::steady_clock::time_point;

    explicit ResyncBudget(ResyncLimits limits) : limits_(limits) {}

    /// From now on, for what has begun before too.
    void limit(ResyncLimits limits);

    /// A policy changed.
    void policy_changed(Instant now);

    /// `now` when it may begin at once, else the instant to ask again at. Changes of policies are waited out where
    /// they are all that the resync is for.
    Instant may_begin(FullReason why, Instant now) const;

    /// A resync begins, with all that changed up to now.
    void began(Instant now);

private:
    ResyncLimits limits_;
    std::deque<Instant> begun_;            ///< the last ones, at most an hour's worth
    std::optional<Instant> first_change_;  ///< of a policy, since the last resync
    std::optional<Instant> last_change_;
};

}  // namespace kpropgw::core
