#include "gateway/core/follow.hpp"

namespace kpropgw::core {

FollowPlan plan_follow(const std::optional<formats::LogPosition>& here, const formats::LogHeader& log) {
    const auto full = [](std::string_view why) { return FollowPlan{FollowStep::full, why}; };
    if (!here) return full("nothing was taken from it yet");
    if (log.state != formats::LogState::stable) return full("a program ended while it wrote the log");
    if (*here == log.last) return {};
    if (log.entries == 0) return full("the log is empty");
    if (here->serial > log.last.serial) return full("the log was begun anew");
    if (here->serial < log.first.serial) return full("the log no longer holds what follows");
    if (here->serial == log.last.serial) return full("the log was begun anew");
    return {FollowStep::read};
}

void Pace::took(Instant began, Instant ended) {
    const auto pause = (ended - began) * (part_ - 1);
    next_ = ended + std::min<Instant::duration>(pause, longest_);
}

}  // namespace kpropgw::core
