#include <gtest/gtest.h>

#include <random>

#include "tests/formats/random_dump.hpp"
#include "tests/formats/update/files.hpp"

namespace kpropgw::formats {
namespace {

/// A dump of random records and another one that was made of it by random changes.
class RandomPair {
public:
    explicit RandomPair(std::uint32_t seed) : random_(seed), lines_(seed) {
        for (int i = 0; i < 30; ++i) {
            add(i % 5 == 4 ? lines_.policy() : lines_.principal());
        }
    }

    enum class Order { sorted, shuffled };
    std::string old(Order order) { return dump(old_, order); }
    std::string now(Order order) { return dump(new_, order); }

private:
    std::uint32_t below(std::uint32_t limit) { return std::uniform_int_distribution(0u, limit - 1)(random_); }

    /// Another record's line with this one's name would have another length: a changed number is change enough.
    void add(std::string line) {
        const std::uint32_t fate = below(6);
        if (fate != 0) old_.push_back(line);
        if (fate == 1) return;
        if (fate == 2) {
            const std::string changed = must_convert(header_line(DumpVersion::v7) + line, DumpVersion::v7);
            line = changed.substr(changed.find('\n') + 1);
            const std::size_t number = line.starts_with("princ") ? line.find("\t", line.find('@')) : line.find('\t', 7);
            line.insert(number + 1, line[number + 1] == '-' ? "" : "1");
            if (!convert(header_line(DumpVersion::v7) + line, DumpVersion::v7)) return;
        }
        new_.push_back(line);
    }

    std::string dump(std::vector<std::string> lines, Order order) {
        std::shuffle(lines.begin(), lines.end(), random_);
        const std::string header = header_line(DumpVersion::v7);
        if (order == Order::sorted) {
            std::sort(lines.begin(), lines.end(),
                      [&](const std::string& a, const std::string& b) { return key_of(a) < key_of(b); });
        }
        std::string text = header;
        for (const auto& line : lines) {
            text += line;
        }
        return text;
    }

    static std::pair<int, std::string> key_of(std::string line) {
        line.pop_back();
        if (line.starts_with("princ")) {
            Principal principal;
            parse_principal(line, principal).value();
            return {0, std::string(principal.name)};
        }
        Policy policy;
        parse_policy(line, DumpVersion::v7, policy).value();
        return {1, std::string(policy.name)};
    }

    std::mt19937 random_;
    RandomDump lines_;
    std::vector<std::string> old_;
    std::vector<std::string> new_;
};

using Order = RandomPair::Order;

TEST(DiffAndApply, MakeOneDumpOfTheOtherWhateverTheOrder) {
    for (std::uint32_t seed = 1; seed <= 200; ++seed) {
        SCOPED_TRACE(seed);
        RandomPair pair(seed);
        for (const Order old_order : {Order::sorted, Order::shuffled}) {
            for (const Order new_order : {Order::sorted, Order::shuffled}) {
                const std::string old = pair.old(old_order);
                const std::string now = pair.now(new_order);
                const auto made = diff_texts(old, now);
                ASSERT_TRUE(made) << made.error();
                const auto applied = apply_text(old, made->updates);
                ASSERT_TRUE(applied) << applied.error();
                ASSERT_EQ(sorted_records(*applied), sorted_records(now));
                if (old_order == Order::sorted && new_order == Order::sorted) {
                    ASSERT_TRUE(made->result.sorted);
                    ASSERT_EQ(*applied, must_convert(now, DumpVersion::v7));
                }
            }
        }
    }
}

TEST(DiffAndApply, AreTheSameBothWays) {
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        SCOPED_TRACE(seed);
        RandomPair pair(seed);
        const auto walked = diff_texts(pair.old(Order::sorted), pair.now(Order::sorted));
        const auto hashed = diff_texts(pair.old(Order::shuffled), pair.now(Order::shuffled));
        ASSERT_TRUE(walked && hashed);
        EXPECT_EQ(walked->result.differences, hashed->result.differences);
        ASSERT_TRUE(walked->result.sorted && !hashed->result.sorted);
    }
}

/// In all that both versions carry the result is the new dump, and nothing else of the old one is lost.
TEST(DiffAndApply, BetweenVersionsAgreeInWhatBothCarry) {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        RandomPair pair(seed);
        for (const DumpVersion old_version : all_versions) {
            for (const DumpVersion new_version : all_versions) {
                SCOPED_TRACE(testing::Message() << seed << ": " << to_text(old_version) << " " << to_text(new_version));
                const std::string old = must_convert(pair.old(Order::shuffled), old_version);
                const std::string now = must_convert(pair.now(Order::shuffled), new_version);
                const auto made = diff_texts(old, now);
                ASSERT_TRUE(made) << made.error();
                const auto applied = apply_text(old, made->updates);
                ASSERT_TRUE(applied) << applied.error();
                ASSERT_EQ(sorted_records(must_convert(must_convert(*applied, new_version), old_version)),
                          sorted_records(must_convert(now, old_version)));
                const auto again = diff_texts(*applied, now);
                ASSERT_TRUE(again) << again.error();
                ASSERT_EQ(again->result.differences, 0u);
            }
        }
    }
}

}  // namespace
}  // namespace kpropgw::formats
