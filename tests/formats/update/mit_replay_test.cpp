// Updates as libkdb5 itself, which is what kpropd calls, lays them over a database.
#include <gmock/gmock.h>

#include <map>

#include "base/file.hpp"
#include "formats/update/iprop_overlay.hpp"
#include "formats/update/iprop_put.hpp"
#include "tests/formats/dumps.hpp"
#include "tests/formats/throwaway_realm.hpp"
#include "tests/formats/update/random_records.hpp"

namespace kpropgw::formats {
namespace {

using ::testing::HasSubstr;

/// Updates in one reply, with serials from 2 on.
class Reply {
public:
    LogPosition next() { return {++count_ + 1, 1'700'000'000, 5}; }
    std::string& updates() { return updates_; }

    std::string text() const {
        std::string bytes;
        XdrWriter out(bytes);
        for (const std::uint32_t number : {count_ + 1, 1'700'000'000u, 5u, count_})
            out.u32(number);
        bytes += updates_;
        out.u32(0);  // UPDATE_OK
        return bytes;
    }

private:
    std::uint32_t count_ = 0;
    std::string updates_;
};

class Database {
public:
    void load(const std::vector<Principal>& records) const {
        std::string dump = header_line(DumpVersion::v7) + base_;
        for (const Principal& record : records)
            append_principal(dump, record, DumpVersion::v7);
        realm_.load(dump);
    }
    void replay(const Reply& reply) const {
        realm_.write("reply", reply.text());
        realm_.run(KPROPGW_MIT_REPLAY " replica-ulog reply");
    }
    /// Each principal's line by its name, without the login fields.
    std::map<std::string, std::string> records() const {
        std::map<std::string, std::string> found;
        for (std::string line : read_lines(pieces_of(realm_.dump(DumpVersion::v7)), DumpVersion::v7).value()) {
            Principal principal;
            if (!line.starts_with("princ")) continue;
            parse_principal(line, principal).value();
            found[std::string(principal.name)] = line_of(principal);
        }
        return found;
    }
    static std::string line_of(Principal principal) {
        principal.last_success = principal.last_failed = 0;
        principal.fail_auth_count = 0;
        std::string line;
        append_principal(line, principal, DumpVersion::v7);
        return line;
    }

private:
    ThrowawayRealm realm_;
    std::string base_ = realm_.dump(DumpVersion::v7).substr(header_line(DumpVersion::v7).size());
};

std::string why(const Database& database, const Reply& reply) {
    try {
        database.replay(reply);
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

/// Every record as it must be after the reply.
class Expectation {
public:
    explicit Expectation(const Database& database, const std::vector<Principal>& held) : database_(database) {
        database_.load(held);
        lines_ = database_.records();
    }
    void put(const Principal& record) { lines_[std::string(record.name)] = Database::line_of(record); }
    void erase(std::string_view name) { lines_.erase(std::string(name)); }

    void check_after(const Reply& reply) const {
        database_.replay(reply);
        const auto now = database_.records();
        ASSERT_EQ(now.size(), lines_.size());
        for (const auto& [name, line] : lines_)
            EXPECT_TRUE(now.contains(name) && now.at(name) == line) << name << "\n" << line << "\n" << now.at(name);
    }

private:
    const Database& database_;
    std::map<std::string, std::string> lines_;
};

class RandomPairs {
public:
    explicit RandomPairs(std::uint32_t count) {
        for (std::uint32_t seed = 1; seed <= count; ++seed) {
            pairs.push_back(std::make_unique<RandomRecords>(seed));
            if (seed % 5 != 0) held.push_back(pairs.back()->held());
        }
    }
    static bool is_held(std::size_t index) { return (index + 1) % 5 != 0; }

    std::vector<std::unique_ptr<RandomRecords>> pairs;
    std::vector<Principal> held;
};

TEST(MitReplay, OfAPutGivesTheRecordItself) {
    const RandomPairs random(600);
    const Database database;
    Expectation expected(database, random.held);
    Reply reply;
    int deletions = 0;
    for (std::size_t i = 0; i < random.pairs.size(); ++i) {
        const RandomRecords& pair = *random.pairs[i];
        std::string put;
        if (!append_iprop_put(put, pair.now(), {})) continue;
        if (RandomPairs::is_held(i) && needs_deletion_first(pair.held(), pair.now())) {
            ++deletions;
            append_iprop_delete(reply.updates(), pair.now().name, reply.next());
        }
        append_iprop_put(reply.updates(), pair.now(), reply.next()).value();
        expected.put(pair.now());
    }
    EXPECT_GT(deletions, 30);
    expected.check_after(reply);
}

/// Part of what a put says, in MIT's own way with the times and the modifier apart, in any order.
IpropUpdate some_of(RandomRecords& pair, std::string& bytes, bool is_new) {
    append_iprop_put(bytes, pair.now(), {}).value();
    IpropUpdate update;
    decode_iprop_update(bytes, update).value();
    update.items.push_back({IpropSets::last_pwd_change, pair.below(2) * 5'000'000});
    update.items.push_back({IpropSets::mod_time, pair.below(2) * 4'000'000'000u});
    update.items.push_back({IpropSets::mod_princ, IpropName{"R", {"by\t", "/x"}, 1}});
    update.items.push_back({IpropSets::last_failed, 9u});
    update.items.push_back({IpropSets::fail_auth_count, 9u});
    std::erase_if(update.items, [&](const IpropItem& item) {
        const bool needed = item.sets == IpropSets::name || item.sets == IpropSets::base_length;
        return !(is_new && needed) && pair.below(3) == 0;
    });
    for (std::size_t i = update.items.size(); i > 1; --i)
        std::swap(update.items[i - 1], update.items[pair.below(static_cast<std::uint32_t>(i))]);
    return update;
}

TEST(MitReplay, OfAnyUpdateGivesWhatTheOverlayGives) {
    const RandomPairs random(600);
    const Database database;
    Expectation expected(database, random.held);
    Reply reply;
    int laid_over = 0;
    for (std::size_t i = 0; i < random.pairs.size(); ++i) {
        RandomRecords& pair = *random.pairs[i];
        const bool is_held = RandomPairs::is_held(i);
        std::string bytes;
        if (!append_iprop_put(bytes, pair.now(), {})) continue;
        // Else MIT fails, as the next test shows.
        if (is_held && needs_deletion_first(pair.held(), pair.now())) continue;
        bytes.clear();
        IpropUpdate update = some_of(pair, bytes, !is_held);
        update.at = reply.next();
        XdrWriter writer(reply.updates());
        write_iprop_update(writer, update);
        RecordTexts texts;
        Principal laid;
        const auto ok = overlay(update, is_held ? &pair.held() : nullptr, texts, laid);
        ASSERT_TRUE(ok) << ok.error();
        expected.put(laid);
        ++laid_over;
    }
    EXPECT_GT(laid_over, 200);
    expected.check_after(reply);
}

TEST(MitReplay, FailsForAKeyThatBecomesNothingAndNotAfterADeletion) {
    Principal held;
    held.name = "a@EXAMPLE.COM";
    held.keys = {{1, 1, {{18, "0102030405060708"}, {}}}};
    Principal now = held;
    now.keys[0].element[0].hex = "";
    ASSERT_TRUE(needs_deletion_first(held, now));
    const Database database;
    database.load({held});
    Reply alone;
    append_iprop_put(alone.updates(), now, alone.next()).value();
    EXPECT_NE(why(database, alone), "");
    Expectation expected(database, {held});
    expected.put(now);
    Reply both;
    append_iprop_delete(both.updates(), now.name, both.next());
    append_iprop_put(both.updates(), now, both.next()).value();
    expected.check_after(both);
}

TEST(MitReplay, PassesADeletionOfNothingAndAnUpdateThatChangesNothing) {
    Principal held;
    held.name = "a@EXAMPLE.COM";
    const Database database;
    Expectation expected(database, {held});
    Reply reply;
    append_iprop_delete(reply.updates(), "nobody@EXAMPLE.COM", reply.next());
    append_iprop_no_change(reply.updates(), "EXAMPLE.COM", reply.next());
    append_iprop_delete(reply.updates(), held.name, reply.next());
    expected.erase(held.name);
    expected.check_after(reply);
}

TEST(MitReplay, TakesTheLongestUpdate) {
    Principal principal;
    principal.name = "a@EXAMPLE.COM";
    std::string bytes;
    append_iprop_put(bytes, principal, {}).value();
    const std::string contents(2 * ((longest_iprop_update - bytes.size() - 16) / 4 * 4), 'e');
    principal.tl = {{11, contents}};
    const Database database;
    Expectation expected(database, {});
    Reply reply;
    append_iprop_put(reply.updates(), principal, reply.next()).value();
    EXPECT_GT(reply.updates().size(), longest_iprop_update - 4);
    append_iprop_no_change(reply.updates(), "EXAMPLE.COM", reply.next());
    expected.put(principal);
    expected.check_after(reply);
}

}  // namespace
}  // namespace kpropgw::formats
