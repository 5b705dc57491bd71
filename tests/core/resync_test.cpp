#include <gtest/gtest.h>

#include "gateway/core/batch_size.hpp"
#include "gateway/core/resync_budget.hpp"

namespace kpropgw::core {
namespace {

using namespace std::chrono_literals;
using Instant = ResyncBudget::Instant;

const Instant start{std::chrono::hours(100)};

TEST(ResyncBudget, HasSoManyAnHour) {
    ResyncBudget budget({.an_hour = 3});
    for (const auto after : {0min, 10min, 20min}) {
        EXPECT_EQ(budget.may_begin(FullReason::another_time, start + after), start + after);
        budget.began(start + after);
    }
    EXPECT_EQ(budget.may_begin(FullReason::another_time, start + 30min), start + 60min);
    EXPECT_EQ(budget.may_begin(FullReason::another_time, start + 61min), start + 61min);
    budget.began(start + 61min);
    EXPECT_EQ(budget.may_begin(FullReason::first_contact, start + 62min), start + 70min);
}

TEST(ResyncBudget, CountsWhatHasBegunBeforeItsLimitChanged) {
    ResyncBudget budget({.an_hour = 5});
    for (const auto after : {0min, 10min, 20min, 30min})
        budget.began(start + after);
    EXPECT_EQ(budget.may_begin(FullReason::another_time, start + 40min), start + 40min);
    budget.limit({.an_hour = 2});
    EXPECT_EQ(budget.may_begin(FullReason::another_time, start + 40min), start + 80min);
    budget.limit({.an_hour = 3});
    EXPECT_EQ(budget.may_begin(FullReason::another_time, start + 40min), start + 40min);
}

TEST(ResyncBudget, WaitsUntilPoliciesAreQuiet) {
    ResyncBudget budget({});
    budget.policy_changed(start);
    EXPECT_EQ(budget.may_begin(FullReason::policy_changed, start), start + 2s);
    budget.policy_changed(start + 1s);
    EXPECT_EQ(budget.may_begin(FullReason::policy_changed, start + 1s), start + 3s);
    EXPECT_EQ(budget.may_begin(FullReason::policy_changed, start + 4s), start + 4s);
}

TEST(ResyncBudget, WaitsNoLongerThanItsPatience) {
    ResyncBudget budget({});
    for (auto after = 0s; after <= 40s; after += 1s)
        budget.policy_changed(start + after);
    EXPECT_EQ(budget.may_begin(FullReason::policy_changed, start + 29s), start + 30s);
    EXPECT_EQ(budget.may_begin(FullReason::policy_changed, start + 35s), start + 35s);
    budget.began(start + 35s);
    budget.policy_changed(start + 36s);
    EXPECT_EQ(budget.may_begin(FullReason::policy_changed, start + 36s), start + 38s) << "counted anew";
}

TEST(ResyncBudget, NothingElseWaitsForPolicies) {
    ResyncBudget budget({});
    budget.policy_changed(start);
    EXPECT_EQ(budget.may_begin(FullReason::dump_only, start), start);
    EXPECT_EQ(budget.may_begin(FullReason::below_journal, start), start);
}

TEST(ResyncBudget, APolicyThatChangedBeforeItWatchedIsNotWaitedFor) {
    EXPECT_EQ(ResyncBudget({}).may_begin(FullReason::policy_changed, start), start);
}

/// Sends what is allowed of the updates above `after`, of which there are `count`, and lets it be in vain.
Serial send_in_vain(BatchSize& size, Serial after, std::uint64_t count) {
    const Serial last{after.value + std::min(count, size.most())};
    size.sent(after, last);
    size.claimed(after, false);
    return last;
}

TEST(BatchSize, IsUnlimitedWhileAllGoesWell) {
    BatchSize size;
    EXPECT_EQ(size.most(), BatchSize::unlimited);
    size.sent(Serial{5}, Serial{5000});
    size.claimed(Serial{5000}, false);
    EXPECT_EQ(size.most(), BatchSize::unlimited);
    size.claimed(Serial{5000}, false);
    size.claimed(Serial{5000}, false);
    EXPECT_EQ(size.most(), BatchSize::unlimited) << "it asks, and was sent nothing";
}

TEST(BatchSize, IsNarrowedDownToTheUpdateThatIsRefused) {
    BatchSize size;
    int batches = 0;
    Serial last;
    for (; !size.refused() && batches < 100; ++batches)
        last = send_in_vain(size, Serial{5}, 5000);
    EXPECT_EQ(size.refused(), Serial{6});
    EXPECT_EQ(last, Serial{6});
    EXPECT_EQ(batches, 2 * 3 + 3) << "5000, 312 and 19 updates, twice each, then the one three times";
}

TEST(BatchSize, OneBrokenConnectionIsNoReason) {
    BatchSize size;
    send_in_vain(size, Serial{5}, 5000);
    EXPECT_EQ(size.most(), BatchSize::unlimited);
}

TEST(BatchSize, GrowsAgainWithProgress) {
    BatchSize size;
    for (int i = 0; i < 6; ++i)
        send_in_vain(size, Serial{5}, 5000);
    EXPECT_EQ(size.most(), 1u);
    size.sent(Serial{5}, Serial{6});
    size.claimed(Serial{6}, false);
    EXPECT_EQ(size.most(), 16u);
    for (std::uint64_t at = 6; at < 30; ++at) {
        size.sent(Serial{at}, Serial{at + 1});
        size.claimed(Serial{at + 1}, false);
    }
    EXPECT_EQ(size.most(), BatchSize::unlimited);
}

TEST(BatchSize, ProgressForgetsTheRefusal) {
    BatchSize size;
    for (int i = 0; i < 3; ++i)
        send_in_vain(size, Serial{5}, 1);
    ASSERT_EQ(size.refused(), Serial{6});
    size.sent(Serial{5}, Serial{6});
    size.claimed(Serial{6}, false);
    EXPECT_EQ(size.refused(), std::nullopt);
}

TEST(BatchSize, ASkippedUpdateIsRefusedNoMore) {
    BatchSize size;
    for (int i = 0; i < 3; ++i)
        send_in_vain(size, Serial{5}, 1);
    size.skipped();
    EXPECT_EQ(size.refused(), std::nullopt);
    send_in_vain(size, Serial{5}, 1);
    EXPECT_EQ(size.refused(), std::nullopt);
}

TEST(BatchSize, ALogThatWasResetCountsAsAFailureWhateverItClaims) {
    BatchSize size;
    for (const std::uint64_t after : {100u, 200u}) {
        size.sent(Serial{after}, Serial{after + 64});
        size.claimed(Serial{1}, true);
        size.claimed(Serial{after + 80}, false);  // after the full resync
    }
    EXPECT_EQ(size.most(), 4u);
}

}  // namespace
}  // namespace kpropgw::core
