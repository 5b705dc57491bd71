#include "formats/field_cursor.hpp"

#include <gtest/gtest.h>

namespace kpropgw::formats {
namespace {

TEST(FieldCursor, ReadsFieldsThatAnyWhiteSpaceSeparates) {
    std::string line = "12 \t-3\v\f\r4294967295 word abCD ;  ";
    FieldCursor in(line);
    EXPECT_EQ(in.number("a", 0, 12), 12);
    EXPECT_EQ(in.number("b", -3, 0), -3);
    EXPECT_EQ(in.wrapping_signed("c"), -1);
    EXPECT_EQ(in.word("d", 4), "word");
    EXPECT_EQ(in.hex("e", 2), "abcd");
    EXPECT_TRUE(in.finish().has_error());
}

TEST(FieldCursor, KeepsTheFirstErrorAndReadsNothingAfterIt) {
    std::string line = "70000 1 2";
    FieldCursor in(line);
    in.enter("tl-data", 2);
    EXPECT_EQ(in.number("length", 0, 65535), 0);
    in.leave();
    EXPECT_TRUE(in.failed());
    EXPECT_EQ(in.number("next", 0, 9), 0);
    EXPECT_EQ(in.word("word", 9), "");
    EXPECT_EQ(in.hex("hex", 1), "");
    EXPECT_EQ(in.counted("counted", 1), "");
    EXPECT_EQ(in.finish().error().text(), "tl-data 2: the length 70000 is not in 0 to 65535");
}

TEST(FieldCursor, AcceptsANumberOnlyWithinItsRange) {
    for (const auto& [text, good] : {std::pair{"0", true},
                                     {"65535", true},
                                     {"007", true},
                                     {"-1", false},
                                     {"65536", false},
                                     {"", false},
                                     {"-", false},
                                     {"1x", false},
                                     {"0x1", false},
                                     {"99999999999999999999", false},
                                     {"999999999999999999", false}}) {
        std::string line = text;
        FieldCursor in(line);
        in.number("n", 0, 65535);
        EXPECT_EQ(in.finish().has_value(), good) << text;
    }
}

TEST(FieldCursor, ReadsCountedBytesWhateverTheyAre) {
    std::string line = "3\ta\t \t4";
    FieldCursor in(line);
    in.number("length", 3, 3);
    EXPECT_EQ(in.counted("name", 3), "a\t ");
    EXPECT_EQ(in.number("n", 0, 9), 4);
    EXPECT_TRUE(in.finish());
}

TEST(FieldCursor, TellsABlankThatBeginsANameFromSeparators) {
    for (const auto& [text, name] :
         {std::pair{"5\t a@R \t0", " a@R "}, {"4  \t xa@R\t0", "xa@R"}, {"4   a@R \t0", "a@R "}}) {
        std::string line = text;
        FieldCursor in(line);
        const auto size = static_cast<std::size_t>(in.number("length", 0, 9));
        EXPECT_EQ(in.counted("name", size), name);
        in.number("n", 0, 0);
        EXPECT_TRUE(in.finish()) << text;
    }
}

TEST(FieldCursor, RefusesHexThatIsNotOfItsLength) {
    for (const auto& [text, size] : {std::pair{"abc", 1u},
                                     {"ab", 2u},
                                     {"a", 1u},
                                     {"-1", 1u},
                                     {"ab", 0u},
                                     {"-12", 0u},
                                     {"ag", 1u},
                                     {"ab-1", 1u},
                                     {"", 0u},
                                     {"", 1u},
                                     {"a b", 1u},
                                     {"0x12", 2u}}) {
        std::string line = text;
        FieldCursor in(line);
        EXPECT_EQ(in.hex("contents", size), "");
        EXPECT_TRUE(in.finish().has_error()) << text;
    }
}

TEST(FieldCursor, NeverShowsWhatMayBeAKey) {
    for (const std::string text : {"2000fce67082a05afb24", "123456789012345678", "1234567890123456789012", "fce6g"}) {
        for (const auto read :
             {+[](FieldCursor& in) { in.number("n", 0, 9); }, +[](FieldCursor& in) { in.word("w", 1); },
              +[](FieldCursor& in) { in.hex("h", 2); }, +[](FieldCursor& in) { in.counted("c", 2); }}) {
            std::string line = text;
            FieldCursor in(line);
            read(in);
            const std::string error = in.finish().error().text();
            EXPECT_EQ(error.find(text.substr(0, 4)), std::string::npos) << error;
        }
    }
}

}  // namespace
}  // namespace kpropgw::formats
