#include "formats/update/iprop_put.hpp"
#include "tests/store/intake_fixture.hpp"

namespace kpropgw::store {
namespace {

const SourcePosition here{"iprop:kdc1", 5, 6, 7};

std::string without_newline(std::string line) {
    line.pop_back();
    return line;
}

ArrivingChange put(const std::string& line, Kind kind = Kind::principal) {
    return {kind, ArrivingChange::Put{line}};
}

ArrivingChange erase(std::string_view name, Kind kind = Kind::principal) {
    return {kind, ArrivingChange::Erase{name}};
}

class ChangeIntakeTest : public IntakeTest {
protected:
    ChangeIntakeTest() { take(first_ + policy("p", 100)).value(); }

    Result<Taken> take_these(std::vector<ArrivingChange> changes, const SourcePosition& position = here) {
        return take_changes(*store_, changes, {"the log", "kdc1.x", "R"}, position, clock_);
    }

    Summary summary() { return store_->snapshot().value()->summary(); }

    std::string first_ = needed_ + principal("u1@R") + principal("u2@R");
};

TEST_F(ChangeIntakeTest, PutsAndErasesTakeSerialsAndSetThePosition) {
    const std::string u1 = without_newline(principal("u1@R", 3600));
    const std::string u3 = without_newline(principal("u3@R"));
    const std::string q = without_newline(policy("q", 50));
    const Taken taken =
        take_these({put(u1), put(u3), erase("u2@R"), put(q, Kind::policy), erase("p", Kind::policy)}).value();
    EXPECT_EQ(taken.changed, 1u);
    EXPECT_EQ(taken.added, 2u);
    EXPECT_EQ(taken.removed, 2u);
    EXPECT_EQ(taken.records, 5u);
    EXPECT_EQ(taken.serial, Serial{6});
    EXPECT_EQ(registry(), needed_ + u1 + "\n" + u3 + "\n" + q + "\n");
    EXPECT_EQ(summary().position->source, here);
    EXPECT_EQ(summary().position->from, "kdc1.x");
    EXPECT_EQ(summary().policy_changed, Serial{6});
    EXPECT_EQ(changes()[0], "2 put u1@R \"maximum life 1d to 1h\"");
}

TEST_F(ChangeIntakeTest, WhatIsNoChangeTakesNoSerialButThePositionMoves) {
    const std::string u1 = without_newline(principal("u1@R"));
    const Taken taken = take_these({put(u1), erase("nobody@R"), erase("no", Kind::policy)}).value();
    EXPECT_FALSE(taken.is_change());
    EXPECT_EQ(taken.serial, Serial{1});
    EXPECT_EQ(summary().position->source, here);
    SourcePosition later = here;
    ++later.serial;
    ASSERT_TRUE(take_these({}, later));
    EXPECT_EQ(summary().position->source, later);
}

TEST_F(ChangeIntakeTest, LoginsAreKeptAndAreNoChange) {
    const std::string u1 = without_newline(principal("u1@R", 86400, 777));
    const Taken taken = take_these({put(u1)}).value();
    EXPECT_FALSE(taken.is_change());
    EXPECT_EQ(taken.refreshed, 1u);
    EXPECT_EQ(registry(), needed_ + u1 + "\n" + principal("u2@R") + policy("p", 100));
}

TEST_F(ChangeIntakeTest, OneNameMayChangeOftenInABatch) {
    const std::string once = without_newline(principal("u9@R", 100));
    const std::string twice = without_newline(principal("u9@R", 200));
    const Taken taken = take_these({put(once), put(twice), erase("u9@R"), put(once), put(once)}).value();
    EXPECT_EQ(taken.serial, Serial{5});
    EXPECT_EQ(registry(), first_ + once + "\n" + policy("p", 100));
    EXPECT_EQ(changes()[1], "3 put u9@R \"maximum life 1m 40s to 3m 20s\"");
}

TEST_F(ChangeIntakeTest, AnUpdateIsLaidOverWhatIsHeld) {
    std::string line = without_newline(principal("u1@R", 3600, 5));
    formats::Principal record;
    ASSERT_TRUE(formats::parse_principal(line, record));
    std::string xdr;
    ASSERT_TRUE(formats::append_iprop_put(xdr, record, {}));
    formats::IpropUpdate update;
    ASSERT_TRUE(formats::decode_iprop_update(xdr, update));
    formats::IpropUpdate gone;
    gone.name = "u2@R";
    gone.deleted = true;
    const Taken taken = take_these({{Kind::principal, ArrivingChange::Update{&update}},
                                    {Kind::principal, ArrivingChange::Update{&gone}}})
                            .value();
    EXPECT_EQ(taken.changed, 1u);
    EXPECT_EQ(taken.removed, 1u);
    EXPECT_EQ(registry(), needed_ + principal("u1@R", 3600) + policy("p", 100)) << "its login stays what it was";
}

TEST_F(ChangeIntakeTest, OnAnErrorNothingHasHappened) {
    const std::string good = without_newline(principal("u3@R"));
    const auto bad = take_these({put(good), put("princ\t38\tnonsense")});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code(), Errc::corrupt);
    EXPECT_TRUE(bad.error().text().starts_with("the log: change 2: ")) << bad.error();
    EXPECT_EQ(take_these({erase("")}).error().text(), "the log: change 1: the name is empty");
    formats::IpropUpdate nothing;
    nothing.name = "new@R";
    const auto empty = take_these({{Kind::principal, ArrivingChange::Update{&nothing}}});
    ASSERT_FALSE(empty) << "a record needs more than a name";
    EXPECT_TRUE(empty.error().text().starts_with("the log: change 1 of \"new@R\": ")) << empty.error();
    EXPECT_FALSE(take_these({{Kind::policy, ArrivingChange::Update{&nothing}}}));
    EXPECT_EQ(registry(), first_ + policy("p", 100));
    EXPECT_EQ(serial(), Serial{1});
    EXPECT_EQ(summary().position->source, std::nullopt);
}

TEST_F(ChangeIntakeTest, WhatNoKdcCanServeWithoutStays) {
    for (const char* name : {"K/M@R", "krbtgt/R@R"}) {
        const auto refused = take_these({erase(name)});
        ASSERT_FALSE(refused) << name;
        EXPECT_EQ(refused.error().text(),
                  fmt::format("the log: the changes remove \"{}\", without which no KDC can serve", name));
    }
    EXPECT_EQ(serial(), Serial{1});
    const std::string anew = without_newline(principal("krbtgt/R@R", 3600));
    EXPECT_TRUE(take_these({erase("krbtgt/R@R"), put(anew)})) << "it is put anew at once";
}

TEST_F(ChangeIntakeTest, ChangesOfNothingAreRefused) {
    store_.reset();
    fs::remove_all(directory_);
    open();
    const auto taken = take_these({erase("u1@R")});
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code(), Errc::conflict);
}

TEST_F(ChangeIntakeTest, ARecordTooLongForAnUpdateIsCarriedByDumpsAlone) {
    const std::string value(40000, 'a');
    const std::string name = "big@R";
    const std::string line = fmt::format(
        "princ\t38\t{}\t2\t0\t0\t{}\t0\t0\t0\t0\t0\t0\t0\t0\t11\t{}\t{}\t12\t{}\t{}\t\t-1;", name.size(), name,
        value.size(), std::string(value.size() * 2, '6'), value.size(), std::string(value.size() * 2, '6'));
    const Taken taken = take_these({put(line)}).value();
    EXPECT_EQ(taken.added, 1u);
    EXPECT_EQ(summary().dump_only, taken.serial);
}

}  // namespace
}  // namespace kpropgw::store
