#include "gateway/core/update_plan.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <ostream>
#include <vector>

namespace kpropgw::core {

void PrintTo(const UpdatePlan& plan, std::ostream* out) {
    *out << "step " << static_cast<int>(plan.step) << ", last " << plan.last.value << ", " << to_text(plan.why);
}

namespace {

using Step = UpdatePlan::Step;

Time at(std::int64_t seconds) {
    return Time(std::chrono::seconds(seconds));
}

/// A secondary at 50 of a registry at 100 whose journal begins above 10.
UpdateStanding usual() {
    UpdateStanding standing;
    standing.claim = Serial{50};
    standing.claim_time = at(50);
    standing.level = Serial{50};
    standing.newest = Serial{100};
    standing.journal_low = Serial{10};
    standing.held_time = at(50);
    return standing;
}

UpdatePlan full(FullReason why) {
    return {.step = Step::full, .why = why};
}

struct Row {
    const char* what;
    std::function<void(UpdateStanding&)> change;
    UpdatePlan expected;
};

void claims(UpdateStanding& standing, std::uint64_t serial) {
    standing.claim = Serial{serial};
    standing.claim_time = at(static_cast<std::int64_t>(serial));
    standing.held_time = standing.claim_time;
}

const std::vector<Row>& table() {
    static const std::vector<Row> rows{
        {"behind", [](auto&) {}, {Step::send, Serial{100}}},
        {"at the newest", [](auto& s) { claims(s, 100); }, {Step::in_sync}},
        {"at the journal's low end", [](auto& s) { claims(s, 10); }, {Step::send, Serial{100}}},
        {"below it", [](auto& s) { claims(s, 9); }, full(FullReason::below_journal)},
        {"with an empty log", [](auto& s) { s.claim = {}, s.claim_time = {}; }, full(FullReason::below_journal)},
        {"with an empty log at a gateway that has nothing", [](auto& s) { s = UpdateStanding(); }, {Step::in_sync}},
        {"from another primary while the gateway has nothing",
         [](auto& s) {
             s = UpdateStanding();
             s.claim = Serial{7};
         },
         {Step::in_sync}},
        {"for the first time", [](auto& s) { s.level = {}; }, full(FullReason::first_contact)},
        {"for the first time, at the newest", [](auto& s) { claims(s, 100), s.level = {}; },
         full(FullReason::first_contact)},
        {"ahead", [](auto& s) { s.claim = Serial{101}; }, full(FullReason::ahead)},
        {"with another time for its level", [](auto& s) { s.claim_time = at(51); }, full(FullReason::another_time)},
        {"after its log was reset", [](auto& s) { s.claim = Serial{1}, s.claim_time = at(99), s.held_time.reset(); },
         full(FullReason::below_journal)},
        {"with the time of a change that the journal does not know", [](auto& s) { s.held_time.reset(); },
         full(FullReason::another_time)},
        {"above its level, with the journal's time", [](auto& s) { claims(s, 60); }, {Step::send, Serial{100}}},
        {"above its level, with another time", [](auto& s) { claims(s, 60), s.claim_time = at(1); },
         full(FullReason::never_confirmed)},
        {"below its level", [](auto& s) { claims(s, 40); }, {Step::send, Serial{100}}},
        {"at an unconfirmed full dump", [](auto& s) { claims(s, 60), s.unconfirmed_full = Serial{60}; },
         full(FullReason::unconfirmed_full)},
        {"above an unconfirmed full dump", [](auto& s) { claims(s, 61), s.unconfirmed_full = Serial{60}; },
         full(FullReason::unconfirmed_full)},
        {"below an unconfirmed full dump", [](auto& s) { s.unconfirmed_full = Serial{60}; }, {Step::send, Serial{100}}},
        {"below a changed policy", [](auto& s) { s.policy_changed = Serial{51}; }, full(FullReason::policy_changed)},
        {"at a changed policy", [](auto& s) { s.policy_changed = Serial{50}; }, {Step::send, Serial{100}}},
        {"below what only a dump can carry", [](auto& s) { s.dump_only = Serial{51}; }, full(FullReason::dump_only)},
        {"below both", [](auto& s) { s.policy_changed = s.dump_only = Serial{51}; }, full(FullReason::dump_only)},
        {"below the one that it refuses", [](auto& s) { s.refused = Serial{60}; }, {Step::send, Serial{59}}},
        {"at the one before", [](auto& s) { claims(s, 59), s.refused = Serial{60}; }, {Step::stopped, Serial{60}}},
        {"past it by a full resync", [](auto& s) { claims(s, 70), s.refused = Serial{60}; }, {Step::send, Serial{100}}},
        {"at the newest, having refused it before",
         [](auto& s) { claims(s, 100), s.refused = Serial{100}; },
         {Step::in_sync}},
        {"before a refused one, below a changed policy",
         [](auto& s) { claims(s, 59), s.refused = Serial{60}, s.policy_changed = Serial{80}; },
         full(FullReason::policy_changed)},
    };
    return rows;
}

TEST(UpdatePlan, IsWhatTheTableSays) {
    for (const Row& row : table()) {
        UpdateStanding standing = usual();
        row.change(standing);
        EXPECT_EQ(plan_updates(standing), row.expected) << "a kpropd that asks " << row.what;
    }
}

TEST(UpdatePlan, EachReasonHasItsWords) {
    for (int reason = 0; reason <= static_cast<int>(FullReason::dump_only); ++reason)
        EXPECT_FALSE(to_text(static_cast<FullReason>(reason)).empty()) << reason;
}

TEST(WireSerial, IsTheNearestToTheRegistrys) {
    constexpr std::uint64_t turn = std::uint64_t{1} << 32;
    EXPECT_EQ(from_wire(7, Serial{9}), Serial{7});
    EXPECT_EQ(from_wire(0, Serial{9}), Serial{0});
    EXPECT_EQ(from_wire(11, Serial{9}), Serial{11}) << "ahead stays ahead";
    EXPECT_EQ(from_wire(0xfffffff0, Serial{9}), Serial{0xfffffff0}) << "nothing is below 0";
    EXPECT_EQ(from_wire(0xfffffff0, Serial{turn + 9}), Serial{0xfffffff0});
    EXPECT_EQ(from_wire(3, Serial{turn + 9}), Serial{turn + 3});
    EXPECT_EQ(from_wire(0, Serial{turn}), Serial{turn});
    EXPECT_EQ(from_wire(5, Serial{turn - 1}), Serial{turn + 5});
    EXPECT_EQ(from_wire(0x80000000, Serial{5 * turn}), Serial{5 * turn - 0x80000000});
}

}  // namespace
}  // namespace kpropgw::core
