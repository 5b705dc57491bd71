#include <gtest/gtest.h>

#include <functional>

#include "formats/record.hpp"

namespace kpropgw::formats {
namespace {

Principal principal() {
    Principal made;
    made.name = "x@R";
    made.tl = {{2, "01"}, {3, "02"}, {8, "0100"}};
    made.keys = {{2, 1, {{18, "aa"}, {}}}, {1, 2, {{17, "bb"}, {4, "cc"}}}};
    return made;
}

Policy policy() {
    Policy made;
    made.name = "p";
    made.tl = {{1, "01"}};
    return made;
}

template <class Record>
Difference after(Record old, const std::function<void(Record&)>& change) {
    Record now = old;
    change(now);
    return compare(old, now);
}

TEST(Difference, IsNoneBetweenEqualRecords) {
    EXPECT_EQ(compare(principal(), principal()), Difference::none);
    EXPECT_EQ(compare(policy(), policy()), Difference::none);
}

TEST(Difference, IsUnimportantInLoginFieldsAlone) {
    const std::function<void(Principal&)> changes[] = {
        [](Principal& p) { p.last_success = 1; },
        [](Principal& p) { p.last_failed = 1; },
        [](Principal& p) { p.fail_auth_count = 1; },
    };
    for (const auto& change : changes) {
        EXPECT_EQ(after(principal(), change), Difference::unimportant);
    }
    EXPECT_EQ(after<Policy>(policy(), [](Policy& p) { p.refcnt = 1; }), Difference::unimportant);
}

TEST(Difference, IsRealInEveryOtherFieldOfAPrincipal) {
    const std::function<void(Principal&)> changes[] = {
        [](Principal& p) { p.name = "y@R"; },
        [](Principal& p) { p.attributes = 1; },
        [](Principal& p) { p.max_life = 1; },
        [](Principal& p) { p.max_renewable_life = 1; },
        [](Principal& p) { p.expiration = 1; },
        [](Principal& p) { p.pw_expiration = 1; },
        [](Principal& p) { p.e_data_hex = "00"; },
        [](Principal& p) { p.tl[0].type = 1; },
        [](Principal& p) { p.tl[0].hex = ""; },
        [](Principal& p) { p.tl.pop_back(); },
        [](Principal& p) { std::swap(p.tl[0], p.tl[1]); },
        [](Principal& p) { p.keys[0].kvno = 9; },
        [](Principal& p) { p.keys[0].elements = 2; },
        [](Principal& p) { p.keys[0].element[0].type = 1; },
        [](Principal& p) { p.keys[1].element[1].hex = "dd"; },
        [](Principal& p) { p.keys.clear(); },
        [](Principal& p) { std::swap(p.keys[0], p.keys[1]); },
        [](Principal& p) { p.last_success = 1, p.attributes = 1; },
    };
    for (const auto& change : changes) {
        EXPECT_EQ(after(principal(), change), Difference::real) << &change - changes;
    }
}

TEST(Difference, IsRealInEveryOtherFieldOfAPolicy) {
    const std::function<void(Policy&)> changes[] = {
        [](Policy& p) { p.name = "q"; },
        [](Policy& p) { p.min_life = 1; },
        [](Policy& p) { p.max_life = 1; },
        [](Policy& p) { p.min_length = 1; },
        [](Policy& p) { p.min_classes = 1; },
        [](Policy& p) { p.history = 1; },
        [](Policy& p) { p.max_fail = 1; },
        [](Policy& p) { p.fail_interval = 1; },
        [](Policy& p) { p.lockout_duration = 1; },
        [](Policy& p) { p.attributes = 1; },
        [](Policy& p) { p.max_ticket_life = 1; },
        [](Policy& p) { p.max_renewable_ticket_life = 1; },
        [](Policy& p) { p.allowed_keysalts = "x"; },
        [](Policy& p) { p.tl.clear(); },
        [](Policy& p) { p.refcnt = 1, p.min_life = 1; },
    };
    for (const auto& change : changes) {
        EXPECT_EQ(after(policy(), change), Difference::real) << &change - changes;
    }
}

TEST(WhatCannotTravel, IsKeptAtItsPlace) {
    const Principal held = principal();
    Principal arriving = held;
    arriving.tl.erase(arriving.tl.begin() + 1);
    keep_what_cannot_travel(arriving, held, DumpVersion::v4);
    EXPECT_EQ(compare(held, arriving), Difference::none);
}

TEST(WhatCannotTravel, IsKeptAtTheEndWhenTheRestIsShorter) {
    Principal arriving = principal();
    arriving.tl.clear();
    keep_what_cannot_travel(arriving, principal(), DumpVersion::v4);
    EXPECT_EQ(arriving.tl, (std::vector<TlData>{{3, "02"}}));
}

TEST(WhatCannotTravel, DoesNotReplaceWhatCame) {
    Principal arriving = principal();
    arriving.tl = {{3, "ff"}};
    keep_what_cannot_travel(arriving, principal(), DumpVersion::v4);
    EXPECT_EQ(arriving.tl, (std::vector<TlData>{{3, "ff"}}));
}

TEST(WhatCannotTravel, IsNothingOfAPrincipalSinceVersion5) {
    for (const auto version : {DumpVersion::v5, DumpVersion::v6, DumpVersion::v7}) {
        Principal arriving = principal();
        arriving.tl.clear();
        keep_what_cannot_travel(arriving, principal(), version);
        EXPECT_TRUE(arriving.tl.empty());
    }
}

TEST(WhatCannotTravel, OfAPolicyDependsOnTheVersion) {
    Policy held = policy();
    held.min_life = 1;
    held.max_fail = held.fail_interval = held.lockout_duration = 2;
    held.attributes = held.max_ticket_life = held.max_renewable_ticket_life = 3;
    held.allowed_keysalts = "x";
    for (const auto version : {DumpVersion::v4, DumpVersion::v5, DumpVersion::v6, DumpVersion::v7}) {
        Policy arriving;
        keep_what_cannot_travel(arriving, held, version);
        EXPECT_EQ(arriving.min_life, 0u);
        EXPECT_EQ(arriving.max_fail, version < DumpVersion::v6 ? 2u : 0u);
        EXPECT_EQ(arriving.fail_interval, version < DumpVersion::v6 ? 2u : 0u);
        EXPECT_EQ(arriving.lockout_duration, version < DumpVersion::v6 ? 2u : 0u);
        EXPECT_EQ(arriving.attributes, version < DumpVersion::v7 ? 3u : 0u);
        EXPECT_EQ(arriving.max_ticket_life, version < DumpVersion::v7 ? 3u : 0u);
        EXPECT_EQ(arriving.max_renewable_ticket_life, version < DumpVersion::v7 ? 3u : 0u);
        EXPECT_EQ(arriving.allowed_keysalts, version < DumpVersion::v7 ? "x" : "");
        EXPECT_EQ(arriving.tl, version < DumpVersion::v7 ? held.tl : std::vector<TlData>{});
    }
}

}  // namespace
}  // namespace kpropgw::formats
