#include "tests/store/intake_fixture.hpp"

namespace kpropgw::store {
namespace {

TEST_F(IntakeTest, TheFirstDumpBecomesTheRegistryAtOneSerial) {
    const std::string dump = needed_ + principal("u1@R") + policy("p", 100);
    const Taken taken = take(dump).value();
    EXPECT_EQ(taken.added, 4u);
    EXPECT_EQ(taken.serial, Serial{1});
    EXPECT_EQ(registry(), dump);
}

TEST_F(IntakeTest, TheSameDumpAgainIsNoChange) {
    const std::string dump = needed_ + principal("u1@R") + policy("p", 100);
    ASSERT_TRUE(take(dump));
    const Taken taken = take(dump).value();
    EXPECT_FALSE(taken.is_change());
    EXPECT_EQ(taken.records, 4u);
    EXPECT_EQ(serial(), Serial{1});
}

TEST_F(IntakeTest, OnlyTheDifferencesTakeSerials) {
    ASSERT_TRUE(take(needed_ + principal("u1@R") + principal("u2@R") + principal("u3@R") + policy("p", 100)));
    const std::string next =
        needed_ + principal("u0@R") + principal("u2@R", 3600) + principal("u3@R") + policy("q", 100);
    const Taken taken = take(next).value();
    EXPECT_EQ(taken.added, 2u);
    EXPECT_EQ(taken.changed, 1u);
    EXPECT_EQ(taken.removed, 2u);
    EXPECT_EQ(serial(), Serial{6});
    EXPECT_EQ(registry(), next);
}

TEST_F(IntakeTest, TheOrderOfRecordsIsNoChange) {
    const std::string dump = needed_ + principal("u1@R") + principal("u2@R") + policy("p", 100) + policy("q", 100);
    ASSERT_TRUE(take(policy("q", 100) + principal("u2@R") + needed_ + policy("p", 100) + principal("u1@R")));
    EXPECT_EQ(registry(), dump);
    EXPECT_FALSE(take(principal("u2@R") + needed_ + principal("u1@R") + policy("q", 100) + policy("p", 100))
                     .value()
                     .is_change());
    EXPECT_FALSE(take(dump).value().is_change());
}

TEST_F(IntakeTest, LoginsAreKeptAndAreNoChange) {
    ASSERT_TRUE(take(needed_ + principal("u1@R")));
    const Taken taken = take(needed_ + principal("u1@R", 86400, 12345)).value();
    EXPECT_FALSE(taken.is_change());
    EXPECT_EQ(taken.refreshed, 1u);
    EXPECT_EQ(serial(), Serial{1});
    EXPECT_EQ(registry(), needed_ + principal("u1@R", 86400, 12345));
}

TEST_F(IntakeTest, WhatAVersionCannotCarryStays) {
    const std::string dump = needed_ + principal("u1@R") + policy("p", 100);
    ASSERT_TRUE(take(dump));
    const std::string compat = principal("K/M@R", 86400, 0, false) + principal("krbtgt/R@R", 86400, 0, false) +
                               principal("u1@R", 86400, 0, false);
    EXPECT_FALSE(take(compat + policy("p", 100, ""), 4).value().is_change());
    EXPECT_EQ(registry(), dump);
    const Taken taken = take(compat + policy("p", 200, ""), 4).value();
    EXPECT_EQ(taken.changed, 1u);
    EXPECT_EQ(registry(), needed_ + principal("u1@R") + policy("p", 200));
}

TEST_F(IntakeTest, ABadDumpChangesNothing) {
    const std::string dump = needed_ + principal("u1@R");
    ASSERT_TRUE(take(dump));
    const std::string cut = principal("u2@R").substr(0, 40);
    EXPECT_FALSE(take(needed_ + cut));
    EXPECT_FALSE(take(needed_ + principal("u2@R") + principal("u2@R")));
    EXPECT_FALSE(take(principal("u2@R") + needed_ + principal("u2@R"))) << "twice, and not in order";
    EXPECT_FALSE(take(principal("krbtgt/R@R")));
    EXPECT_FALSE(take(""));
    EXPECT_EQ(registry(), dump);
    EXPECT_EQ(serial(), Serial{1});
}

TEST_F(IntakeTest, ABadFirstDumpLeavesNoRegistry) {
    EXPECT_FALSE(take(needed_ + "nonsense\n"));
    EXPECT_EQ(serial(), Serial{0});
    EXPECT_EQ(registry(), "");
    ASSERT_TRUE(take(needed_));
    EXPECT_EQ(registry(), needed_);
}

TEST_F(IntakeTest, NothingOfASortStaysOnDisk) {
    ASSERT_TRUE(take(principal("krbtgt/R@R") + principal("K/M@R")));
    for (const auto& entry : fs::directory_iterator(directory_))
        EXPECT_TRUE(entry.is_regular_file()) << entry.path();
}

TEST_F(IntakeTest, TheJournalSaysInWordsWhatChanged) {
    ASSERT_TRUE(take(needed_ + principal("u1@R")));
    ASSERT_TRUE(take(needed_ + principal("u1@R", 3600) + principal("u2@R")));
    ASSERT_TRUE(take(needed_ + principal("u2@R")));
    const auto journal = changes();
    ASSERT_EQ(journal.size(), 3u);
    EXPECT_EQ(journal[0], "2 put u1@R \"maximum life 1d to 1h\"");
    EXPECT_EQ(journal[1], "3 put u2@R \"\" new");
    EXPECT_EQ(journal[2], "4 erase u1@R \"\"");
}

TEST_F(IntakeTest, WhatAnUpdateWouldLeaveBehindIsDeletedFirst) {
    ASSERT_TRUE(take(needed_ + principal("u1@R")));
    const Taken taken = take(needed_ + principal("u1@R", 86400, 0, false)).value();
    EXPECT_EQ(taken.changed, 1u);
    EXPECT_EQ(taken.removed, 0u);
    EXPECT_EQ(taken.serial, Serial{3});
    const auto journal = changes();
    ASSERT_EQ(journal.size(), 2u);
    EXPECT_EQ(journal[0], "2 erase u1@R \"put anew by the next change\" put-follows");
    EXPECT_EQ(journal[1], "3 put u1@R \"KADM_DATA changed\" new");
    EXPECT_EQ(registry(), needed_ + principal("u1@R", 86400, 0, false));
    EXPECT_EQ(store_->snapshot().value()->summary().totals.principals, 3u);
}

TEST_F(IntakeTest, TheMasterKeyIsNeverDeletedAndNoUpdateCarriesIt) {
    ASSERT_TRUE(take(needed_));
    ASSERT_TRUE(take(principal("K/M@R", 86400, 0, false) + principal("krbtgt/R@R")));
    const auto journal = changes();
    ASSERT_EQ(journal.size(), 1u);
    EXPECT_TRUE(journal[0].starts_with("2 put K/M@R ")) << journal[0];
    EXPECT_TRUE(journal[0].ends_with(" full-only")) << journal[0];
    EXPECT_EQ(store_->snapshot().value()->summary().dump_only, Serial{2});
}

TEST_F(IntakeTest, ADumpOfIpropSetsThePositionOfItsSource) {
    const auto take_iprop = [&](const std::string& records) {
        auto file = File::create_nameless(directory_.string()).value();
        file.write_all("ipropx 1 77 88 99\n" + records).value();
        return take_in(*store_, file, {"dump", "primary.x", "R", "iprop:kdc1"}, clock_);
    };
    const SourcePosition expected{"iprop:kdc1", 77, 88, 99};
    ASSERT_TRUE(take_iprop(needed_));
    EXPECT_EQ(store_->snapshot().value()->summary().position->source, expected) << "by a rebuild";
    EXPECT_FALSE(take(needed_).value().is_change());
    EXPECT_EQ(store_->snapshot().value()->summary().position->source, std::nullopt) << "by a plain dump";
    ASSERT_TRUE(take_iprop(principal("krbtgt/R@R") + principal("K/M@R")));
    EXPECT_EQ(store_->snapshot().value()->summary().position->source, expected) << "sorted first";
}

TEST_F(IntakeTest, AnotherSourceWithTheSameContentIsNoChange) {
    ASSERT_TRUE(take(needed_ + principal("u1@R", 86400, 12345) + policy("p", 100)));
    auto file = File::create_nameless(directory_.string()).value();
    file.write_all("ipropx 1 1 2 3\n" + needed_ + principal("u1@R") + policy("p", 100)).value();
    const Taken taken = take_in(*store_, file, {"dump", "kdc9.x", "R", "ulog:/var/x"}, clock_).value();
    EXPECT_FALSE(taken.is_change());
    EXPECT_EQ(serial(), Serial{1}) << "so that nobody is propagated to";
    EXPECT_EQ(registry(), needed_ + principal("u1@R", 86400, 12345) + policy("p", 100));
    EXPECT_EQ(store_->snapshot().value()->summary().position->from, "kdc9.x");
}

TEST_F(IntakeTest, NamesTooLongForAKeyAreHeldWhole) {
    const std::string name = std::string(600, 'z');
    std::string dump = needed_ + principal(name + "1@R") + principal(name + "2@R");
    ASSERT_TRUE(take(dump));
    EXPECT_FALSE(take(needed_ + principal(name + "2@R") + principal(name + "1@R")).value().is_change());
    EXPECT_EQ(take(needed_ + principal(name + "1@R")).value().removed, 1u);
}

}  // namespace
}  // namespace kpropgw::store
