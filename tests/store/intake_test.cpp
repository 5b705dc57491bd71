#include "gateway/store/intake.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "gateway/store/lmdb_store.hpp"

namespace kpropgw::store {
namespace {

namespace fs = std::filesystem;

class FixedClock : public Clock {
    Time now() const override { return Time(std::chrono::seconds(1000)); }
};

std::string principal(const std::string& name, int max_life = 86400, int last_success = 0, bool kadm = true) {
    const std::string tl = kadm ? "\t3\t4\tdeadbeef" : "";
    return fmt::format(
        "princ\t38\t{}\t{}\t1\t0\t{}\t0\t{}\t604800\t0\t0\t{}\t0\t0{}\t1\t4\t00000001\t1\t1\t18\t4\t0badf00d\t-1;\n",
        name.size(), kadm ? 2 : 1, name, max_life, last_success, tl);
}

std::string policy(const std::string& name, int max_life, const std::string& newer = "\t5\t60\t600\t0\t0\t0\t-\t0") {
    return fmt::format("policy\t{}\t0\t{}\t8\t2\t3\t0{}\n", name, max_life, newer);
}

class IntakeTest : public testing::Test {
protected:
    IntakeTest() : directory_(fs::path(testing::TempDir()) / ("intake-" + std::to_string(::getpid()))) {
        fs::remove_all(directory_);
        store_ = std::move(open_lmdb(directory_.string()).value());
    }
    ~IntakeTest() override {
        store_.reset();
        fs::remove_all(directory_);
    }

    Result<Taken> take(const std::string& records, int version = 7) {
        auto file = File::create_nameless(directory_.string()).value();
        file.write_all(fmt::format("kdb5_util load_dump version {}\n", version) + records).value();
        return take_in(*store_, file, {"dump", "primary.x", "R"}, clock_);
    }

    std::string registry() {
        auto snapshot = store_->snapshot().value();
        std::string text;
        for (const Kind kind : {Kind::principal, Kind::policy}) {
            auto cursor = snapshot->records(kind).value();
            while (cursor->next().value())
                text += std::string(cursor->line()) + "\n";
        }
        return text;
    }

    Serial serial() { return store_->snapshot().value()->summary().serial; }

    std::string needed_ = principal("K/M@R") + principal("krbtgt/R@R");
    FixedClock clock_;
    fs::path directory_;
    std::unique_ptr<Store> store_;
};

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

TEST_F(IntakeTest, NamesTooLongForAKeyAreHeldWhole) {
    const std::string name = std::string(600, 'z');
    std::string dump = needed_ + principal(name + "1@R") + principal(name + "2@R");
    ASSERT_TRUE(take(dump));
    EXPECT_FALSE(take(needed_ + principal(name + "2@R") + principal(name + "1@R")).value().is_change());
    EXPECT_EQ(take(needed_ + principal(name + "1@R")).value().removed, 1u);
}

}  // namespace
}  // namespace kpropgw::store
