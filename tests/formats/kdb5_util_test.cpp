#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "tests/formats/dumps.hpp"
#include "tests/formats/random_dump.hpp"
#include "tests/formats/throwaway_realm.hpp"

namespace kpropgw::formats {
namespace {

/// KPROPGW_TEST_SEED repeats a run; the seed is printed by each.
std::uint32_t choose_seed() {
    const char* given = std::getenv("KPROPGW_TEST_SEED");
    const auto seed = given ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
    std::printf("KPROPGW_TEST_SEED=%u\n", seed);
    return seed;
}

void expect_every_version_as_kdb5_util_writes_it(const ThrowawayRealm& realm) {
    for (const auto from : all_versions) {
        const std::string dump = realm.dump(from);
        for (const auto to : all_versions) {
            if (!says_all_of(from, to)) continue;
            const std::string theirs = realm.dump(to);
            EXPECT_EQ(must_convert(dump, to, 1 << 20, position_of(theirs).value_or(LogPosition{})), theirs)
                << to_text(from) << " to " << to_text(to);
        }
    }
}

TEST(Kdb5Util, ReadsARandomDumpAsWeDo) {
    RandomDump random(choose_seed());
    const ThrowawayRealm realm;
    std::string made = realm.dump(DumpVersion::v7);
    for (int i = 0; i < 300; ++i) {
        made += random.principal();
    }
    for (int i = 0; i < 30; ++i) {
        made += random.alias() + random.policy();
    }
    realm.load(made);

    auto ours = read_lines(pieces_of(made), DumpVersion::v7);
    ASSERT_TRUE(ours) << ours.error();
    auto theirs = read_lines(pieces_of(realm.dump(DumpVersion::v7)), DumpVersion::v7);
    ASSERT_TRUE(theirs) << theirs.error();
    std::sort(ours->begin(), ours->end());
    std::sort(theirs->begin(), theirs->end());
    EXPECT_EQ(*ours, *theirs);
    expect_every_version_as_kdb5_util_writes_it(realm);
}

TEST(Kdb5Util, LoadsWhatWePrint) {
    RandomDump random(choose_seed());
    const ThrowawayRealm realm;
    std::string made = realm.dump(DumpVersion::v7);
    for (int i = 0; i < 50; ++i) {
        made += random.principal() + random.policy();
    }
    for (const auto version : all_versions) {
        const std::string printed = must_convert(made, version);
        realm.load(printed);
        auto ours = read_lines(pieces_of(printed), version);
        auto theirs = read_lines(pieces_of(realm.dump(version)), version);
        std::sort(ours->begin(), ours->end());
        std::sort(theirs->begin(), theirs->end());
        EXPECT_EQ(*ours, *theirs) << to_text(version);
    }
}

TEST(Kdb5Util, DumpsWhatKadminMadeAsWePrintIt) {
    std::mt19937 random(choose_seed());
    const auto below = [&](int limit) { return std::to_string(std::uniform_int_distribution(0, limit - 1)(random)); };
    std::string orders;
    for (int i = 0; i < 4; ++i) {
        const std::string n = std::to_string(i);
        orders += "addpol -history " + std::to_string(1 + i) + " -maxfailure " + below(9) + " -lockoutduration \"" +
                  below(99) + " minutes\" policy" + n + "\n";
        orders += "addprinc -policy policy" + n + " -pw a" + below(1000) + " user" + n + "\n";
        orders += "cpw -pw b" + below(1000) + " user" + n + "\ncpw -keepold -randkey user" + n + "\n";
        orders += "setstr user" + n + " attribute" + below(10) + " value" + below(1000) + "\n";
        orders += "modprinc -expire \"20" + std::to_string(30 + 10 * i) + "-01-0" + n + "\" -maxlife \"" + below(20) +
                  " hours\" user" + n + "\n";
    }
    const ThrowawayRealm realm;
    realm.kadmin(orders);
    EXPECT_NE(realm.dump(DumpVersion::v7).find("user3@EXAMPLE.COM"), std::string::npos);
    expect_every_version_as_kdb5_util_writes_it(realm);
}

}  // namespace
}  // namespace kpropgw::formats
