#include <gtest/gtest.h>

#include "gateway/store/record_key.hpp"
#include "tests/store/fixture.hpp"

namespace kpropgw::store {
namespace {

TEST_F(StoreTest, AChangeTakesTheNextSerialAndSurvivesAReopening) {
    {
        auto transaction = store_->begin().value();
        ASSERT_TRUE(transaction->put(Kind::principal, "a@R", "line a", {.is_new = true}, at(10)));
        ASSERT_TRUE(transaction->put(Kind::policy, "p", "line p", {.is_new = true}, at(10)));
        transaction->set_position({at(10), "primary.x"});
        ASSERT_TRUE(transaction->commit());
    }
    open();
    const Summary summary = store_->snapshot().value()->summary();
    EXPECT_EQ(summary.serial, Serial{2});
    EXPECT_EQ(summary.serial_time, at(10));
    EXPECT_EQ(summary.totals.principals, 1u);
    EXPECT_EQ(summary.totals.policies, 1u);
    EXPECT_EQ(summary.position->from, "primary.x");
    EXPECT_EQ(lines(Kind::principal), std::vector<std::string>{"line a"});
    EXPECT_EQ(store_->time_after(Serial{0}).value(), at(10));
    EXPECT_EQ(store_->time_after(Serial{2}).value(), std::nullopt);
}

TEST_F(StoreTest, WithoutCommitNothingHasHappened) {
    {
        auto transaction = store_->begin().value();
        ASSERT_TRUE(transaction->put(Kind::principal, "a@R", "line a", {.is_new = true}, at(10)));
    }
    EXPECT_EQ(store_->snapshot().value()->summary().serial, Serial{0});
    EXPECT_TRUE(lines(Kind::principal).empty());
}

TEST_F(StoreTest, ASnapshotStaysAsItWas) {
    auto before = store_->snapshot().value();
    auto transaction = store_->begin().value();
    ASSERT_TRUE(transaction->put(Kind::principal, "a@R", "line a", {.is_new = true}, at(10)));
    ASSERT_TRUE(transaction->commit());
    EXPECT_FALSE(before->records(Kind::principal).value()->next().value());
    EXPECT_EQ(lines(Kind::principal).size(), 1u);
}

TEST_F(StoreTest, ACursorKeepsItsPlaceWhileItsTransactionWrites) {
    {
        auto fill = store_->begin().value();
        for (int i = 10; i < 1000; i += 2) {
            const std::string key = "k" + std::to_string(i + 1000);
            ASSERT_TRUE(fill->put(Kind::principal, key, std::string(200, 'x'), {.is_new = true}, at(1)));
        }
        ASSERT_TRUE(fill->commit());
    }
    auto transaction = store_->begin().value();
    auto cursor = transaction->records(Kind::principal).value();
    std::vector<std::string> seen;
    while (cursor->next().value()) {
        const std::string key(cursor->key());
        seen.push_back(key);
        // What is put before or at the cursor is not met, nothing is skipped, and what goes is gone.
        ASSERT_TRUE(transaction->put(Kind::principal, "a" + key, std::string(200, 'y'), {.is_new = true}, at(2)));
        if (seen.size() % 3 == 0) {
            ASSERT_TRUE(transaction->erase(Kind::principal, key, key, {}, at(2)));
        }
    }
    ASSERT_EQ(seen.size(), 495u);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_EQ(transaction->summary().totals.principals, 495u + 495u - 165u);
}

TEST_F(StoreTest, ALineIsTheRecordsAfterItsTransactionWroteBesideIt) {
    const auto line_of = [](const std::string& key) { return key + std::string(200, key.back()); };
    {
        auto fill = store_->begin().value();
        for (int i = 1000; i < 1100; ++i) {
            const std::string key = "k" + std::to_string(i);
            ASSERT_TRUE(fill->put(Kind::principal, key, line_of(key), {.is_new = true}, at(1)));
        }
        ASSERT_TRUE(fill->commit());
    }
    auto transaction = store_->begin().value();
    auto cursor = transaction->records(Kind::principal).value();
    std::string before = "k1000";
    while (cursor->next().value()) {
        const std::string key(cursor->key());
        // What becomes longer in a page moves the rest of it.
        ASSERT_TRUE(transaction->refresh(Kind::principal, before, std::string(230, '-')));
        if (key != before) {
            ASSERT_EQ(cursor->line().value(), line_of(key));
        }
        before = key;
    }
}

TEST_F(StoreTest, ARebuildThatIsDroppedChangesNothing) {
    {
        auto rebuild = store_->rebuild().value();
        ASSERT_TRUE(rebuild->add(Kind::principal, "a@R", "line a"));
    }
    EXPECT_TRUE(lines(Kind::principal).empty());
    auto rebuild = store_->rebuild().value();
    for (int i = 0; i < 25000; ++i) {
        ASSERT_TRUE(rebuild->add(Kind::principal, std::to_string(1000000 + i), "line " + std::to_string(i)));
    }
    ASSERT_TRUE(rebuild->commit({at(5), "primary.x"}, at(5)));
    EXPECT_EQ(lines(Kind::principal).size(), 25000u);
    EXPECT_EQ(store_->snapshot().value()->summary().journal_low, Serial{1});
}

TEST_F(StoreTest, SecondariesAreRemembered) {
    SecondaryRow row;
    row.host = "kdc2.x.com";
    row.level = Serial{7};
    row.learned = formats::DumpVersion::v6;
    row.last_failure = at(9);
    row.last_error = "a \"quoted\" reason";
    row.failures = 3;
    row.frozen = "its disk is exchanged";
    ASSERT_TRUE(store_->save(row));
    open();
    const auto rows = store_->secondaries().value();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(to_json(rows[0]), to_json(row));
    EXPECT_EQ(rows[0].frozen, "its disk is exchanged");
    ASSERT_TRUE(store_->forget_secondary("kdc2.x.com"));
    ASSERT_TRUE(store_->forget_secondary("kdc2.x.com"));
    EXPECT_TRUE(store_->secondaries().value().empty());
}

TEST_F(StoreTest, WhatConcernsUpdatesIsRememberedToo) {
    SecondaryRow row;
    row.host = "kdc2.x.com";
    row.level = Serial{7};
    row.level_time = at(3);
    row.unconfirmed_full = Serial{9};
    row.refused = Serial{8};
    row.skipped = {Serial{2}, Serial{5}};
    row.learned = formats::DumpVersion::ipropx_r18;
    row.last_contact = at(11);
    const auto read = parse_secondary_row(to_json(row)).value();
    EXPECT_EQ(read.level_time, at(3));
    EXPECT_EQ(read.unconfirmed_full, Serial{9});
    EXPECT_EQ(read.refused, Serial{8});
    EXPECT_EQ(read.skipped, row.skipped);
    EXPECT_EQ(read.learned, row.learned);
    EXPECT_EQ(read.last_contact, at(11));
}

TEST_F(StoreTest, ARowOfAVersionBeforeUpdatesIsRead) {
    const auto row =
        parse_secondary_row(R"({"host":"kdc2.x.com","level":7,"learned":6,"last_success":null,"last_failure":9000000,)"
                            R"("last_error":"why","failures":3})");
    ASSERT_TRUE(row) << row.error();
    EXPECT_EQ(row->level, Serial{7});
    EXPECT_EQ(row->failures, 3u);
    EXPECT_EQ(row->frozen, std::nullopt);
    EXPECT_EQ(row->refused, std::nullopt);
    EXPECT_TRUE(row->skipped.empty());
}

TEST_F(StoreTest, ManyRowsAreSavedAtOnce) {
    std::vector<SecondaryRow> rows(2000);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].host = "kdc" + std::to_string(i);
        rows[i].level = Serial{i};
    }
    ASSERT_TRUE(store_->save(rows));
    open();
    const auto found = store_->secondaries().value();
    ASSERT_EQ(found.size(), rows.size());
    std::uint64_t sum = 0;
    for (const SecondaryRow& row : found)
        sum += row.level.value;
    EXPECT_EQ(sum, 2000u * 1999u / 2);
    EXPECT_TRUE(store_->save(std::span<const SecondaryRow>()));
}

TEST_F(StoreTest, IsOpenForOneGatewayAlone) {
    EXPECT_EQ(open_lmdb(directory_.string()).error().code(), Errc::conflict);
}

TEST_F(StoreTest, IsPrivate) {
    EXPECT_EQ(fs::status(directory_).permissions(), fs::perms::owner_all);
    for (const auto& entry : fs::directory_iterator(directory_)) {
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
    }
}

TEST(RecordKey, StaysWithinLmdbsLimitAndTellsLongNamesApart) {
    const std::string longest_plain(477, 'a');
    EXPECT_EQ(record_key(longest_plain), longest_plain);
    const std::string one = record_key(std::string(1000, 'a') + "1");
    EXPECT_EQ(one.size(), 510u);
    EXPECT_NE(one, record_key(std::string(1000, 'a') + "2"));
}

}  // namespace
}  // namespace kpropgw::store
