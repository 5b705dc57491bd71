#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "gateway/store/lmdb_store.hpp"
#include "gateway/store/record_key.hpp"

namespace kpropgw::store {
namespace {

namespace fs = std::filesystem;

Time at(std::int64_t seconds) {
    return Time(std::chrono::seconds(seconds));
}

class StoreTest : public testing::Test {
protected:
    StoreTest() : directory_(fs::path(testing::TempDir()) / ("store-" + std::to_string(::getpid()))) {
        fs::remove_all(directory_);
        open();
    }
    ~StoreTest() override {
        store_.reset();
        fs::remove_all(directory_);
    }

    void open() {
        store_.reset();
        auto opened = open_lmdb(directory_.string());
        ASSERT_TRUE(opened) << opened.error();
        store_ = std::move(*opened);
    }

    std::vector<std::string> lines(Kind kind) {
        auto snapshot = store_->snapshot().value();
        auto cursor = snapshot->records(kind).value();
        std::vector<std::string> found;
        while (cursor->next().value())
            found.emplace_back(cursor->line());
        return found;
    }

    fs::path directory_;
    std::unique_ptr<Store> store_;
};

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
    ASSERT_TRUE(store_->save(row));
    open();
    const auto rows = store_->secondaries().value();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(to_json(rows[0]), to_json(row));
    ASSERT_TRUE(store_->forget_secondary("kdc2.x.com"));
    ASSERT_TRUE(store_->forget_secondary("kdc2.x.com"));
    EXPECT_TRUE(store_->secondaries().value().empty());
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
