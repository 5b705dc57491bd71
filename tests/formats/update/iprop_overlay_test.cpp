#include "formats/update/iprop_overlay.hpp"

#include <gmock/gmock.h>

namespace kpropgw::formats {
namespace {

using ::testing::HasSubstr;

class OverlayTest : public ::testing::Test {
protected:
    OverlayTest() {
        held_.name = "a@R";
        held_.max_life = 100;
        held_.last_success = 5;
        held_.tl = {{3, "aa"}, {2, "bb"}};
        held_.keys = {{1, 1, {{18, "cc"}, {}}}};
        update_.name = "a@R";
    }

    Principal over(const Principal* held) {
        Principal laid;
        const auto ok = overlay(update_, held, texts_, laid);
        EXPECT_TRUE(ok) << ok.error();
        return laid;
    }
    std::string why(const Principal* held) {
        Principal laid;
        const auto ok = overlay(update_, held, texts_, laid);
        return ok ? "" : ok.error().text();
    }

    Principal held_;
    IpropUpdate update_;
    RecordTexts texts_;
};

using IpropOverlay = OverlayTest;

TEST_F(IpropOverlay, OfNothingChangesNothing) {
    EXPECT_EQ(compare(over(&held_), held_), Difference::none);
}

TEST_F(IpropOverlay, KeepsTheLoginFieldsThatAReplicaWrites) {
    update_.items = {{IpropSets::last_success, 77u}, {IpropSets::fail_auth_count, 3u}};
    EXPECT_EQ(compare(over(&held_), held_), Difference::none);
}

TEST_F(IpropOverlay, PutsANewTypeOfTlDataFirstAndAKnownOneInItsPlace) {
    update_.items = {{IpropSets::tl_data, std::vector<IpropTlData>{{11, "\x01"}, {3, "\x02"}, {8, ""}}}};
    const std::vector<TlData> expected{{8, ""}, {11, "01"}, {3, "02"}, {2, "bb"}};
    EXPECT_EQ(over(&held_).tl, expected);
}

TEST_F(IpropOverlay, MakesTlDataOfWhoChangedItAndWhenAndOfThePasswordsTime) {
    update_.items = {{IpropSets::last_pwd_change, 0x04030201u},
                     {IpropSets::mod_princ, IpropName{"R", {"x", "y"}, 1}},
                     {IpropSets::mod_time, 0x80000000u}};
    const std::vector<TlData> expected{{1, "01020304"}, {3, "aa"}, {2, "00000080782f79405200"}};
    EXPECT_EQ(over(&held_).tl, expected);
}

TEST_F(IpropOverlay, LeavesTheModifierWhereOneOfItsTwoPartsIsMissing) {
    update_.items = {{IpropSets::mod_princ, IpropName{"R", {"x"}, 1}}};
    EXPECT_EQ(over(&held_).tl, held_.tl);
    update_.items.push_back({IpropSets::mod_time, 0u});
    EXPECT_EQ(over(&held_).tl, held_.tl);
}

TEST_F(IpropOverlay, IsStoredUnderTheNameThatItSets) {
    update_.items = {{IpropSets::name, IpropName{"R", {"b", "c/d"}, 1}}};
    EXPECT_EQ(over(&held_).name, "b/c\\/d@R");
}

TEST_F(IpropOverlay, RefusesWhatNoDatabaseCanHold) {
    EXPECT_EQ(why(nullptr), "update of principal \"a@R\": the record is new and the update does not set its name");
    update_.items = {{IpropSets::base_length, 39u}};
    EXPECT_THAT(why(&held_), HasSubstr("not 38"));
    update_.items = {{IpropSets::tl_data, std::vector<IpropTlData>{{32767, "x"}}}};
    EXPECT_THAT(why(&held_), HasSubstr("DB_ARGS"));
}

TEST(IpropName, IsTakenApartAndPutTogetherAsMitDoes) {
    for (const std::string name : {"a@R", "a/b@R", "a\\/b\\@c\\\\\\t\\n\\b\\0/@R", "@R", "/@", "x@"}) {
        EXPECT_EQ(put_together(take_apart(name)), name);
    }
    EXPECT_EQ(take_apart("a\\/\\n/\\x@R\\@"), (IpropName{"R@", {"a/\n", "x"}, 1}));
}

}  // namespace
}  // namespace kpropgw::formats
