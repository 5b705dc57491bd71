#include <gtest/gtest.h>
#include <sys/wait.h>

#include <csignal>
#include <random>
#include <thread>

#include "gateway/store/lmdb_layout.hpp"
#include "tests/store/fixture.hpp"

namespace kpropgw::store {
namespace {

constexpr std::uint64_t unlimited = UINT64_MAX;
constexpr std::chrono::seconds for_ever{std::chrono::hours(24 * 3650)};

/// As the store lays a principal's line out, as far as its name.
std::string line_of(const std::string& name, std::size_t size = 0) {
    return "princ\t38\t" + std::to_string(name.size()) + "\t0\t0\t0\t" + name + "\t" + std::string(size, 'x');
}

struct Held {
    std::uint64_t serial;
    std::int64_t seconds;
    std::string name;
    std::string words;
};

class JournalTest : public StoreTest {
protected:
    /// Puts a principal at `seconds`, as its first or its next version.
    void put(const std::string& name, std::int64_t seconds, ChangeNote note = {.is_new = true}, std::size_t size = 0) {
        auto transaction = store_->begin().value();
        ASSERT_TRUE(transaction->put(Kind::principal, name, line_of(name, size), note, at(seconds)));
        ASSERT_TRUE(transaction->commit());
    }

    /// `count` changes, one a second from second 1, of `size` bytes and some.
    void fill(int count, std::size_t size = 0) {
        auto transaction = store_->begin().value();
        for (int i = 1; i <= count; ++i) {
            const std::string name = std::to_string(i);
            ASSERT_TRUE(transaction->put(Kind::principal, name, line_of(name, size), {.is_new = true}, at(i)));
        }
        ASSERT_TRUE(transaction->commit());
    }

    std::vector<Held> changes(Serial level) {
        auto snapshot = store_->snapshot().value();
        auto cursor = snapshot->changes_after(level).value();
        std::vector<Held> found;
        while (cursor->next().value()) {
            const Change& change = cursor->change();
            found.push_back({change.serial.value,
                             std::chrono::duration_cast<std::chrono::seconds>(change.time.time_since_epoch()).count(),
                             std::string(change.name), std::string(change.note.words)});
        }
        return found;
    }

    Summary summary() { return store_->snapshot().value()->summary(); }

    std::optional<Time> time_of(std::uint64_t serial) {
        return store_->snapshot().value()->time_of(Serial{serial}).value();
    }

    /// The journal as it is said to be in the summary is the one that is there.
    void expect_sound() {
        const Summary said = summary();
        auto snapshot = store_->snapshot().value();
        auto cursor = snapshot->changes_after(said.journal_low).value();
        std::uint64_t bytes = 0;
        std::uint64_t serial = said.journal_low.value;
        while (cursor->next().value()) {
            const Change& change = cursor->change();
            ASSERT_EQ(change.serial.value, ++serial);
            const std::size_t content = change.operation == Operation::put ? change.record.size() : change.name.size();
            bytes += 8 + 13 + change.note.words.size() + content;
        }
        EXPECT_EQ(serial, said.serial.value);
        EXPECT_EQ(bytes, said.journal_bytes);
    }
};

TEST_F(JournalTest, SaysWhatHappenedAndWhen) {
    {
        auto transaction = store_->begin().value();
        ASSERT_TRUE(transaction->put(Kind::principal, "a@R", line_of("a@R"), {.is_new = true}, at(10)));
        ASSERT_TRUE(transaction->put(Kind::principal, "a@R", line_of("a@R", 5),
                                     {.full_only = true, .words = "kvno 1 to 2"}, at(11)));
        ASSERT_TRUE(transaction->put(Kind::policy, "p q", "policy\tp q\t1", {.is_new = true}, at(12)));
        ASSERT_TRUE(transaction->erase(Kind::principal, "a@R", "a@R", {.put_follows = true}, at(13)));
        ASSERT_TRUE(transaction->commit());
    }
    auto snapshot = store_->snapshot().value();
    auto cursor = snapshot->changes_after(Serial{0}).value();
    ASSERT_TRUE(cursor->next().value());
    const Change first = cursor->change();
    EXPECT_EQ(first.serial, Serial{1});
    EXPECT_EQ(first.time, at(10));
    EXPECT_EQ(first.operation, Operation::put);
    EXPECT_EQ(first.kind, Kind::principal);
    EXPECT_TRUE(first.note.is_new);
    EXPECT_FALSE(first.note.full_only);
    EXPECT_EQ(first.name, "a@R");
    ASSERT_TRUE(cursor->next().value());
    EXPECT_FALSE(cursor->change().note.is_new);
    EXPECT_TRUE(cursor->change().note.full_only);
    EXPECT_EQ(cursor->change().note.words, "kvno 1 to 2");
    EXPECT_EQ(cursor->change().record, line_of("a@R", 5));
    ASSERT_TRUE(cursor->next().value());
    EXPECT_EQ(cursor->change().kind, Kind::policy);
    EXPECT_TRUE(cursor->change().note.full_only) << "no update carries a policy";
    EXPECT_EQ(cursor->change().name, "p q");
    ASSERT_TRUE(cursor->next().value());
    EXPECT_EQ(cursor->change().operation, Operation::erase);
    EXPECT_TRUE(cursor->change().note.put_follows);
    EXPECT_EQ(cursor->change().name, "a@R");
    EXPECT_EQ(cursor->change().record, "");
    EXPECT_FALSE(cursor->next().value());
    EXPECT_EQ(first.record, line_of("a@R")) << "what was read stays while the snapshot does";
}

TEST_F(JournalTest, IsReadFromAnyLevelThatItReachesDownTo) {
    fill(5);
    EXPECT_EQ(changes(Serial{0}).size(), 5u);
    ASSERT_EQ(changes(Serial{3}).size(), 2u);
    EXPECT_EQ(changes(Serial{3})[0].serial, 4u);
    EXPECT_TRUE(changes(Serial{5}).empty());
    EXPECT_TRUE(changes(Serial{99}).empty());
    EXPECT_TRUE(changes(Serial{UINT64_MAX}).empty());
    ASSERT_TRUE(store_->trim({for_ever, 0}, at(6)));
    auto snapshot = store_->snapshot().value();
    const auto below = snapshot->changes_after(Serial{4});
    ASSERT_FALSE(below);
    EXPECT_EQ(below.error().code(), Errc::not_found);
    EXPECT_EQ(below.error().text(), "the journal begins above serial 5: what came after 4 is kept no longer");
}

TEST_F(JournalTest, WordsAreCutWhereTheyAreTooLong) {
    const std::string fits(255, 'w');
    put("a", 1, {.words = fits});
    put("b", 2, {.words = fits + "w"});
    const auto found = changes(Serial{0});
    EXPECT_EQ(found[0].words, fits);
    EXPECT_EQ(found[1].words, std::string(252, 'w') + "...");
    EXPECT_EQ(found[1].name, "b");
    expect_sound();
}

TEST_F(JournalTest, KnowsTheTimeOfEverySerialFromItsLowEnd) {
    EXPECT_EQ(time_of(7), std::nullopt);
    fill(5);
    ASSERT_TRUE(store_->trim({std::chrono::seconds(10), unlimited}, at(13)));
    EXPECT_EQ(time_of(1), std::nullopt);
    EXPECT_EQ(time_of(2), at(2)) << "the low end";
    EXPECT_EQ(time_of(4), at(4));
    EXPECT_EQ(time_of(5), at(5));
    EXPECT_EQ(time_of(6), std::nullopt);
    ASSERT_TRUE(store_->trim({for_ever, 0}, at(13)));
    EXPECT_EQ(time_of(4), std::nullopt);
    EXPECT_EQ(time_of(5), at(5)) << "the newest, though the journal is empty";
    open();
    EXPECT_EQ(time_of(5), at(5));
}

TEST_F(JournalTest, KnowsTheNewestChangeThatNoUpdateCarries) {
    fill(2);
    EXPECT_EQ(summary().full_only(), Serial{0});
    put("K/M@R", 3, {.full_only = true});
    EXPECT_EQ(summary().dump_only, Serial{3});
    {
        auto transaction = store_->begin().value();
        ASSERT_TRUE(transaction->erase(Kind::policy, "p", "p", {}, at(4)));
        ASSERT_TRUE(transaction->commit());
    }
    put("a", 5);
    open();
    EXPECT_EQ(summary().policy_changed, Serial{4});
    EXPECT_EQ(summary().policy_changed_time, at(4));
    EXPECT_EQ(summary().full_only(), Serial{4});
}

TEST_F(JournalTest, IsTrimmedByAge) {
    fill(100);
    const auto trimmed = store_->trim({std::chrono::seconds(60), unlimited}, at(100)).value();
    EXPECT_EQ(trimmed.changes, 39u) << "what is exactly as old stays";
    EXPECT_EQ(trimmed.low, Serial{39});
    EXPECT_EQ(summary().journal_low_time, at(39));
    EXPECT_EQ(lines(Kind::principal).size(), 100u) << "the registry stays";
    expect_sound();
    EXPECT_EQ(store_->trim({std::chrono::seconds(60), unlimited}, at(100)).value().changes, 0u);
    EXPECT_EQ(store_->time_after(Serial{39}).value(), at(40));
    EXPECT_EQ(store_->time_after(Serial{38}).value(), std::nullopt);
}

TEST_F(JournalTest, IsTrimmedByBytes) {
    fill(100, 1000);
    const std::uint64_t before = summary().journal_bytes;
    ASSERT_GT(before, 100u * 1000u);
    const auto trimmed = store_->trim({for_ever, before / 2}, at(100)).value();
    EXPECT_EQ(trimmed.changes, 51u) << "the later ones have longer names";
    EXPECT_LE(summary().journal_bytes, before / 2);
    expect_sound();
    put("new", 101);
    expect_sound();
    EXPECT_EQ(store_->trim({for_ever, 0}, at(101)).value().changes, 50u);
    EXPECT_EQ(summary().journal_bytes, 0u);
    put("newer", 102);
    EXPECT_EQ(changes(Serial{101}).size(), 1u);
    expect_sound();
}

TEST_F(JournalTest, IsTrimmedInMoreThanOneTransaction) {
    fill(25000);
    EXPECT_EQ(store_->trim({for_ever, 0}, at(25000)).value().changes, 25000u);
    expect_sound();
}

TEST_F(JournalTest, ARebuildEmptiesIt) {
    fill(5);
    auto rebuild = store_->rebuild().value();
    ASSERT_TRUE(rebuild->add(Kind::principal, "a", line_of("a")));
    ASSERT_TRUE(rebuild->commit({at(9), "primary.x", {}}, at(9)));
    EXPECT_EQ(summary().journal_low, Serial{6});
    EXPECT_EQ(time_of(6), at(9));
    expect_sound();
}

TEST_F(JournalTest, ATrimThatIsKilledLeavesAWholeJournal) {
    const std::uint32_t seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    fill(60000, 300);
    int cut_short = 0;
    for (int round = 0; round < 12; ++round) {
        store_.reset();
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = open_lmdb(directory_.string());
            // In many transactions, so that there is much to be killed in.
            while (const std::uint64_t bytes = (*store)->snapshot().value()->summary().journal_bytes) {
                if (!(*store)->trim({for_ever, bytes - std::min<std::uint64_t>(bytes, 20000)}, at(1))) ::_exit(1);
            }
            ::_exit(0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20 + random() % 60));
        ::kill(child, SIGKILL);
        int outcome = 0;
        ::waitpid(child, &outcome, 0);
        cut_short += WIFSIGNALED(outcome) ? 1 : 0;
        open();
        expect_sound();
    }
    EXPECT_GT(cut_short, 0);
    EXPECT_EQ(lines(Kind::principal).size(), 60000u);
}

/// Makes of the store one as the first version wrote it: another summary, other entries.
class OldStore : public JournalTest {
protected:
    void write_meta(const std::string& json) {
        store_.reset();
        auto environment = lmdb::open_environment(directory_.string(), 0, std::size_t{1} << 30).value();
        auto txn = lmdb::Txn::begin(environment.get(), 0).value();
        MDB_dbi meta = 0;
        MDB_dbi journal = 0;
        ASSERT_EQ(mdb_dbi_open(txn.get(), "meta", 0, &meta), 0);
        ASSERT_EQ(mdb_dbi_open(txn.get(), "journal", 0, &journal), 0);
        ASSERT_TRUE(txn.put(meta, "registry", json));
        ASSERT_EQ(mdb_drop(txn.get(), journal, 0), 0);
        const std::string key("\0\0\0\0\0\0\0\2", 8);
        ASSERT_TRUE(txn.put(journal, key, std::string("\0\0\0\0\0\0\0\7pp", 10) + line_of("2")));
        ASSERT_TRUE(txn.commit());
    }
};

TEST_F(OldStore, OfFormat1IsConvertedWithoutItsJournal) {
    fill(2);
    write_meta(R"({"format":1,"generation":0,"serial":2,"serial_time":2000000,"journal_low":0,"principals":2,)"
               R"("policies":0,"taken":1000000,"from":"primary.x"})");
    open();
    EXPECT_EQ(summary().serial, Serial{2});
    EXPECT_EQ(summary().journal_low, Serial{2});
    EXPECT_EQ(summary().position->from, "primary.x");
    EXPECT_EQ(summary().position->source, std::nullopt);
    EXPECT_EQ(time_of(2), at(2));
    EXPECT_EQ(lines(Kind::principal).size(), 2u);
    expect_sound();
    put("3", 3);
    open();
    EXPECT_EQ(changes(Serial{2}).size(), 1u);
    expect_sound();
}

TEST_F(OldStore, OfALaterFormatIsRefused) {
    fill(2);
    write_meta(R"({"format":3})");
    const auto opened = open_lmdb(directory_.string());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code(), Errc::conflict);
    EXPECT_TRUE(opened.error().text().ends_with(
        "the store has format 3, this version reads 1 to 2; use the kpropgw that wrote it"))
        << opened.error();
}

TEST_F(OldStore, AnEntryOfAnotherVersionIsNotReadAsThisOne) {
    fill(2);
    write_meta(R"({"format":2,"generation":0,"serial":2,"serial_time":2000000,"journal_low":1,"principals":2,)"
               R"("policies":0})");
    open();
    auto snapshot = store_->snapshot().value();
    const auto read = snapshot->changes_after(Serial{1}).value()->next();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code(), Errc::corrupt);
}

}  // namespace
}  // namespace kpropgw::store
