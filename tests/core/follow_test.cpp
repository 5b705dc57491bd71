#include "gateway/core/follow.hpp"

#include <gtest/gtest.h>

namespace kpropgw::core {
namespace {

using formats::LogHeader;
using formats::LogPosition;
using formats::LogState;
using namespace std::chrono_literals;

LogHeader log_of(std::uint32_t first, std::uint32_t last) {
    return {last - first + 1, {first, 100, 0}, {last, 200, 0}, LogState::stable, 2048};
}

FollowStep step(const std::optional<LogPosition>& here, const LogHeader& log) {
    return plan_follow(here, log).step;
}

TEST(Follow, ReadsWhatStandsBehindThePosition) {
    EXPECT_EQ(step(LogPosition{18, 200, 0}, log_of(7, 18)), FollowStep::nothing);
    EXPECT_EQ(step(LogPosition{17, 150, 0}, log_of(7, 18)), FollowStep::read);
    EXPECT_EQ(step(LogPosition{7, 100, 0}, log_of(7, 18)), FollowStep::read);
}

TEST(Follow, TakesADumpWhereTheLogDoesNotContinueWhatIsHere) {
    EXPECT_EQ(step(std::nullopt, log_of(7, 18)), FollowStep::full);
    EXPECT_EQ(step(LogPosition{6, 100, 0}, log_of(7, 18)), FollowStep::full) << "too old";
    EXPECT_EQ(step(LogPosition{19, 200, 0}, log_of(7, 18)), FollowStep::full) << "begun anew";
    EXPECT_EQ(step(LogPosition{18, 200, 1}, log_of(7, 18)), FollowStep::full) << "the same serial at another time";
    EXPECT_EQ(step(LogPosition{1, 5, 0}, log_of(1, 1)), FollowStep::full) << "reset, and reset again";
    LogHeader unstable = log_of(7, 18);
    unstable.state = LogState::unstable;
    EXPECT_EQ(step(LogPosition{17, 150, 0}, unstable), FollowStep::full);
    LogHeader empty = log_of(7, 18);
    empty.entries = 0;
    EXPECT_EQ(step(LogPosition{17, 150, 0}, empty), FollowStep::full);
}

TEST(Follow, APaceKeepsToItsPartOfTheTime) {
    const Pace::Instant start(1h);
    Pace pace(10, 60s);
    EXPECT_EQ(pace.may_begin(start), start);
    pace.took(start, start + 1s);
    EXPECT_EQ(pace.may_begin(start + 1s), start + 10s);
    EXPECT_EQ(pace.may_begin(start + 11s), start + 11s);
    pace.took(start, start + 1h);
    EXPECT_EQ(pace.may_begin(start), start + 1h + 60s);
}

}  // namespace
}  // namespace kpropgw::core
