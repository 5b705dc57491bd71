#include <gtest/gtest.h>

#include "formats/dump/header.hpp"
#include "formats/dump/version.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

TEST(DumpVersion, HasTheNamesOfKdb5UtilAndOfTheRoles) {
    EXPECT_EQ(*parse_dump_version("b7"), DumpVersion::v4);
    EXPECT_EQ(*parse_dump_version("compat"), DumpVersion::v4);
    EXPECT_EQ(*parse_dump_version("r13"), DumpVersion::v5);
    EXPECT_EQ(*parse_dump_version("Replace"), DumpVersion::v5);
    EXPECT_EQ(*parse_dump_version("r18"), DumpVersion::v6);
    EXPECT_EQ(*parse_dump_version("r1_11"), DumpVersion::v7);
    for (const auto version : {DumpVersion::v4, DumpVersion::v5, DumpVersion::v6, DumpVersion::v7}) {
        EXPECT_EQ(*parse_dump_version(to_text(version)), version);
    }
}

TEST(DumpVersion, ThatIsNotKnownIsToldWithTheNearest) {
    EXPECT_EQ(parse_dump_version("replce").error().text(),
              "dump version \"replce\" is not known; did you mean \"replace\"?");
    EXPECT_EQ(parse_dump_version("").error().text(),
              "dump version \"\" is not known: it is one of b7, compat, r13, replace, r18, r1_11");
}

TEST(DumpVersion, HasTheHeaderOfKdb5Util) {
    EXPECT_EQ(header_line(DumpVersion::v4), "kdb5_util load_dump version 4\n");
    EXPECT_EQ(header_line(DumpVersion::v7), "kdb5_util load_dump version 7\n");
}

TEST(TlType, HasMitsName) {
    EXPECT_EQ(tl_type_name(1), "LAST_PWD_CHANGE");
    EXPECT_EQ(tl_type_name(tl_kadm_data), "KADM_DATA");
    EXPECT_EQ(tl_type_name(0x700), "LAST_ADMIN_UNLOCK");
    EXPECT_EQ(tl_type_name(-1), "");
}

TEST(TlType, TravelsInEveryVersionButKadmDataIn4) {
    EXPECT_FALSE(travels(tl_kadm_data, DumpVersion::v4));
    EXPECT_TRUE(travels(tl_kadm_data, DumpVersion::v5));
    EXPECT_TRUE(travels(tl_mkvno, DumpVersion::v4));
    EXPECT_TRUE(travels(-5, DumpVersion::v4));
}

}  // namespace
}  // namespace kpropgw::formats
