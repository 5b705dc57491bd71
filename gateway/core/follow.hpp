#pragma once
#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>

#include "formats/dump/header.hpp"
#include "formats/ulog/update_log.hpp"

/// What following a primary's update log means at each moment. Pure.
namespace kpropgw::core {

enum class FollowStep {
    nothing,  ///< all is here
    read,     ///< what stands behind the position, where the update at the position is still the same one
    full,     ///< the log does not continue what is here: a dump
};

struct FollowPlan {
    FollowStep step = FollowStep::nothing;
    std::string_view why = {};  ///< of full, for the log; a literal
};

/// As kadmind decides for a replica (MIT kdb_log.c:get_sno_status). `here` is absent where nothing was taken from this
/// log.
FollowPlan plan_follow(const std::optional<formats::LogPosition>& here, const formats::LogHeader& log);

/// Holds something that takes long to a part of the time, so that it never fills it. On a clock that does not step.
class Pace {
public:
    using Instant = std::chrono::steady_clock::time_point;

    /// It may take one `part`th of the time, of what it took last, but need not wait longer than `longest`.
    Pace(unsigned part, std::chrono::milliseconds longest) : part_(part), longest_(longest) {}

    void took(Instant began, Instant ended);
    /// `now` or the instant from which it may be done again.
    Instant may_begin(Instant now) const { return std::max(now, next_); }

private:
    unsigned part_;
    std::chrono::milliseconds longest_;
    Instant next_ = {};
};

}  // namespace kpropgw::core
