#include "formats/update/iprop_put.hpp"

#include <gmock/gmock.h>

#include <random>

#include "base/hex.hpp"
#include "formats/update/iprop_overlay.hpp"
#include "tests/formats/random_dump.hpp"
#include "tests/formats/update/random_records.hpp"

namespace kpropgw::formats {
namespace {

using ::testing::HasSubstr;

constexpr LogPosition position{7, 1'700'000'000, 999'999};

Principal plain() {
    Principal principal;
    principal.name = "a/b\\/c@EXAMPLE.COM";
    principal.attributes = -1;
    principal.expiration = 3'000'000'000;
    principal.tl = {{1, "00112233"}, {3, "abcd"}, {-5, ""}};
    principal.keys = {{3, 2, {{18, "0102"}, {0, ""}}}, {2, 1, {{17, "03"}, {}}}};
    return principal;
}

std::string put(const Principal& principal) {
    std::string bytes;
    const auto ok = append_iprop_put(bytes, principal, position);
    EXPECT_TRUE(ok) << ok.error();
    return bytes;
}

TEST(IpropPut, CarriesTheWholeRecord) {
    const std::string bytes = put(plain());
    IpropUpdate update;
    ASSERT_EQ(decode_iprop_update(bytes, update).value(), bytes.size());
    EXPECT_EQ(update.name, "a/b\\/c@EXAMPLE.COM");
    EXPECT_EQ(update.at, position);
    EXPECT_TRUE(update.committed);
    EXPECT_FALSE(update.deleted);
    RecordTexts texts;
    Principal laid;
    ASSERT_TRUE(overlay(update, nullptr, texts, laid));
    EXPECT_EQ(compare(plain(), laid), Difference::none);
}

TEST(IpropPut, GivesTheRecordWhateverWasHeldUnlessADeletionMustComeFirst) {
    int without = 0;
    int with = 0;
    for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
        SCOPED_TRACE(seed);
        RandomRecords records(seed);
        const Principal& held = records.held();
        const Principal& now = records.now();
        std::string bytes;
        if (!append_iprop_put(bytes, now, position)) {
            EXPECT_TRUE(bytes.empty());
            continue;
        }
        IpropUpdate update;
        ASSERT_TRUE(decode_iprop_update(bytes, update));
        RecordTexts texts;
        Principal laid;
        ASSERT_TRUE(overlay(update, nullptr, texts, laid));
        ASSERT_NE(compare(laid, now), Difference::real);
        if (needs_deletion_first(held, now)) {
            ++with;
            continue;
        }
        ++without;
        ASSERT_TRUE(overlay(update, &held, texts, laid));
        ASSERT_NE(compare(laid, now), Difference::real);
        EXPECT_EQ(laid.last_success, held.last_success);
        EXPECT_EQ(laid.fail_auth_count, held.fail_auth_count);
    }
    EXPECT_GT(without, 300);
    EXPECT_GT(with, 300);
}

TEST(IpropPut, NeedsNoDeletionForWhatAnOverlayCanDo) {
    const Principal held = plain();
    Principal now = held;
    EXPECT_FALSE(needs_deletion_first(held, now));
    now.keys.pop_back();  // fewer keys, as purgekeys makes them
    EXPECT_FALSE(needs_deletion_first(held, now));
    now.keys.clear();
    EXPECT_FALSE(needs_deletion_first(held, now));
    now = held;
    now.tl.insert(now.tl.begin(), {11, "00"});  // a new type stands first
    now.tl[2].hex = "ef";
    EXPECT_FALSE(needs_deletion_first(held, now));
}

TEST(IpropPut, NeedsADeletionForWhatAnOverlayCannotDo) {
    const Principal held = plain();
    Principal now = held;
    now.tl.pop_back();
    EXPECT_TRUE(needs_deletion_first(held, now)) << "a type that vanished";
    now = held;
    now.tl.push_back({11, "00"});
    EXPECT_TRUE(needs_deletion_first(held, now)) << "a new type that does not stand first";
    now = held;
    now.keys[0].element[0].hex = "";
    EXPECT_TRUE(needs_deletion_first(held, now)) << "a key that was something and is nothing";
}

TEST(IpropPut, RefusesWhatOnlyADumpCanCarry) {
    const auto why = [](const Principal& principal) {
        std::string bytes = "kept";
        const auto ok = append_iprop_put(bytes, principal, position);
        EXPECT_TRUE(bytes == "kept");
        return ok ? "" : ok.error().text();
    };
    Principal principal = plain();
    principal.name = "a";
    EXPECT_THAT(why(principal), HasSubstr("no realm"));
    principal.name = "a\\0@R";
    EXPECT_THAT(why(principal), HasSubstr("NUL"));
    principal = plain();
    principal.tl.push_back({3, ""});
    EXPECT_THAT(why(principal), HasSubstr("one type"));
    const std::string long_hex(2 * 63500, 'a');
    principal = plain();
    principal.tl[1].hex = long_hex;
    EXPECT_THAT(why(principal),
                HasSubstr("its update has 63780 bytes, the limit is 63459, so that no update can carry it"));
}

TEST(IpropDelete, CarriesTheNameAlone) {
    std::string bytes;
    append_iprop_delete(bytes, "a@R", position);
    IpropUpdate update;
    ASSERT_EQ(decode_iprop_update(bytes, update).value(), bytes.size());
    EXPECT_EQ(update.name, "a@R");
    EXPECT_TRUE(update.deleted);
    EXPECT_TRUE(update.items.empty());
}

}  // namespace
}  // namespace kpropgw::formats
