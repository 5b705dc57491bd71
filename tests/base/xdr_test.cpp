#include "base/xdr.hpp"

#include <gtest/gtest.h>

namespace kpropgw {
namespace {

using namespace std::string_view_literals;

TEST(Xdr, IsBigEndianInUnitsOfFour) {
    std::string out;
    XdrWriter writer(out);
    writer.u32(0x01020304);
    writer.i32(-1);
    writer.boolean(true);
    writer.opaque("abcde");
    EXPECT_EQ(out, "\1\2\3\4\xff\xff\xff\xff\0\0\0\1\0\0\0\5abcde\0\0\0"sv);

    XdrReader reader(out, "example");
    EXPECT_EQ(reader.u32("number"), 0x01020304u);
    EXPECT_EQ(reader.i32("number"), -1);
    EXPECT_TRUE(reader.boolean("flag"));
    EXPECT_EQ(reader.opaque("text", 5), "abcde");
    EXPECT_TRUE(reader.finish());
}

TEST(Xdr, TheFirstErrorSticksAndNamesFieldAndByte) {
    XdrReader reader("\0\0\0\1\0\0\0"sv, "example");
    EXPECT_EQ(reader.u32("first"), 1u);
    EXPECT_EQ(reader.u32("second"), 0u);
    EXPECT_EQ(reader.u32("third"), 0u);
    EXPECT_EQ(reader.finish().error().text(), "example: byte 4: second ends early");
}

TEST(Xdr, LimitsComeBeforeTheBytes) {
    EXPECT_EQ(XdrReader("\0\0\0\6"sv, "example").opaque("text", 5), "");
    XdrReader reader("\0\0\0\6abcdef\0\0"sv, "example");
    reader.opaque("text", 5);
    EXPECT_EQ(reader.finish().error().text(), "example: byte 4: text has 6 bytes, the limit is 5");
}

TEST(Xdr, ACountForWhichThereAreNoBytesIsRefused) {
    XdrReader reader("\xff\xff\xff\xff\0\0\0\0"sv, "example");
    EXPECT_EQ(reader.count("keys", 4), 0u);
    EXPECT_TRUE(reader.failed());
    XdrReader fits("\0\0\0\2\0\0\0\0\0\0\0\0"sv, "example");
    EXPECT_EQ(fits.count("keys", 4), 2u);
}

TEST(Xdr, NothingMayFollow) {
    XdrReader reader("\0\0\0\1\0"sv, "example");
    reader.u32("number");
    EXPECT_EQ(reader.finish().error().text(), "example: byte 4: 1 bytes too many");
}

}  // namespace
}  // namespace kpropgw
