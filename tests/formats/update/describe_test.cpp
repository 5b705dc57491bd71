#include "formats/update/describe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kpropgw::formats {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string staff =
    "12345c01"
    "00000006"
    "73746166"
    "66000000"
    "00000800"
    "00000000"
    "00000002"
    "00000000";

Principal principal() {
    Principal made;
    made.name = "a@R";
    made.max_life = 86400;
    made.keys = {{3, 1, {{18, "5ec2e7"}, {}}}};
    return made;
}

std::string changed(const Principal& now) {
    const Principal old = principal();
    const std::string line = summary_line(&old, &now);
    const std::string start = "principal \"a@R\" changed: ";
    EXPECT_TRUE(line.starts_with(start)) << line;
    return line.substr(start.size());
}

TEST(Describe, SaysWhatIsAddedAndRemoved) {
    const Principal made = principal();
    EXPECT_EQ(summary_line(nullptr, &made), "principal \"a@R\" added");
    EXPECT_EQ(summary_line(&made, nullptr), "principal \"a@R\" removed");
    EXPECT_EQ(json_line(&made, nullptr), R"({"record":"principal","name":"a@R","change":"removed"})");
}

TEST(Describe, SaysWhatChangedOfAPrincipalAndNeverAKey) {
    Principal now = principal();
    now.keys = {{4, 1, {{17, "5ec2e8"}, {}}}};
    EXPECT_EQ(changed(now), "kvno 3 to 4; enctypes aes256-cts-hmac-sha1-96 to aes128-cts-hmac-sha1-96");
    now = principal();
    now.keys[0].element[0].hex = "5ec2e8";
    EXPECT_EQ(changed(now), "key contents changed");
    now.keys.clear();
    EXPECT_THAT(changed(now), HasSubstr("kvno removed: 3"));

    now = principal();
    now.attributes = 0x40;
    now.max_life = 90000;
    now.expiration = 1;
    EXPECT_EQ(changed(now),
              "attribute DISALLOW_ALL_TIX off to on; maximum life 1d to 1d 1h; expiration never to "
              "1970-01-01T00:00:01Z");
    now = principal();
    now.last_success = 1;
    now.fail_auth_count = 2;
    EXPECT_EQ(changed(now), "last success never to 1970-01-01T00:00:01Z; failures 0 to 2");
}

TEST(Describe, UnderstandsTlData) {
    Principal now = principal();
    now.tl = {{3, staff}};
    EXPECT_EQ(changed(now), "policy set: staff");
    const Principal old = now;
    now = principal();
    EXPECT_EQ(summary_line(&old, &now), "principal \"a@R\" changed: policy removed: staff");
    now.tl = {{11, "6100780062007900"}};
    EXPECT_EQ(changed(now), "string attribute a set; string attribute b set");
    now.tl = {{1, "01000000"}};
    EXPECT_EQ(changed(now), "last password change set: 1970-01-01T00:00:01Z");
    now.tl = {{3, "00"}, {11, "61"}, {99, "01"}};
    EXPECT_EQ(changed(now), "KADM_DATA changed; STRING_ATTRS changed; tl-data 99 set");
}

TEST(Describe, AlwaysFindsWordsForADifference) {
    Principal old = principal();
    old.tl = {{1, "01000000"}, {8, "0100"}};
    Principal now = old;
    std::swap(now.tl[0], now.tl[1]);
    EXPECT_EQ(summary_line(&old, &now), "principal \"a@R\" changed: order of tl-data changed");
}

TEST(Describe, SaysWhatChangedOfAPolicy) {
    Policy old;
    old.name = "p";
    old.max_life = 90 * 86400;
    Policy now = old;
    now.max_life = 30 * 86400;
    now.min_length = 8;
    EXPECT_EQ(summary_line(&old, &now),
              "policy \"p\" changed: maximum password life 90d to 30d; minimum length 0 to 8");
    EXPECT_EQ(json_line(&old, &now), R"({"record":"policy","name":"p","change":"changed","notes":[)"
                                     R"({"field":"maximum password life","old":"90d","new":"30d"},)"
                                     R"({"field":"minimum length","old":"0","new":"8"}]})");
}

}  // namespace
}  // namespace kpropgw::formats
