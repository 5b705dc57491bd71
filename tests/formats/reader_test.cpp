#include <gtest/gtest.h>

#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

const std::string header = "kdb5_util load_dump version 7\n";

std::string principal(const std::string& name) {
    return "princ\t38\t" + std::to_string(name.size()) + "\t0\t0\t0\t" + name + "\t0\t0\t0\t0\t0\t0\t0\t0\t-1;\n";
}

const std::string policy = "policy\tp\t1\t2\t3\t4\t5\t0\t7\t8\t9\t10\t11\t12\t-\t0\n";

TEST(DumpReader, GivesRecordAfterRecordWithItsLine) {
    auto reader = DumpReader::open(pieces_of(header + principal("a@R") + policy + principal("b@R")), "dump");
    ASSERT_TRUE(reader);
    EXPECT_EQ(*reader->next(), DumpReader::Record::principal);
    EXPECT_EQ(reader->principal().name, "a@R");
    EXPECT_EQ(reader->line(), 2u);
    EXPECT_EQ(*reader->next(), DumpReader::Record::policy);
    EXPECT_EQ(reader->policy().name, "p");
    EXPECT_EQ(*reader->next(), DumpReader::Record::principal);
    EXPECT_EQ(reader->principal().name, "b@R");
    EXPECT_EQ(reader->line(), 4u);
    EXPECT_EQ(*reader->next(), DumpReader::Record::end);
    EXPECT_EQ(*reader->next(), DumpReader::Record::end);
}

TEST(DumpReader, MayBeMovedBetweenRecords) {
    auto opened = DumpReader::open(pieces_of(header + principal("a@R") + principal("b@R")), "dump");
    ASSERT_TRUE(opened);
    ASSERT_TRUE(opened->next());
    DumpReader reader = std::move(*opened);
    EXPECT_EQ(reader.principal().name, "a@R");
    ASSERT_TRUE(reader.next());
    EXPECT_EQ(reader.principal().name, "b@R");
}

TEST(DumpReader, ReadsTheSameWhateverThePieces) {
    std::string dump = header;
    for (int i = 0; i < 200; ++i) {
        dump += principal("user" + std::to_string(i * i) + "@R") + policy;
    }
    for (const std::size_t piece : {1u, 2u, 3u, 7u, 31u, 4096u}) {
        EXPECT_EQ(must_convert(dump, DumpVersion::v7, piece), dump);
    }
}

TEST(DumpReader, ReadsALineLongerThanItsBuffer) {
    std::string line = "princ\t38\t3\t60\t0\t0\ta@R\t0\t0\t0\t0\t0\t0\t0\t0";
    for (int i = 0; i < 60; ++i) {
        line += "\t9\t65535\t" + std::string(131070, 'e');
    }
    const std::string dump = header + principal("b@R") + line + "\t-1;\n" + principal("c@R");
    EXPECT_EQ(must_convert(dump, DumpVersion::v7), dump);
    EXPECT_EQ(must_convert(dump, DumpVersion::v7, 10000), dump);
}

TEST(DumpReader, RefusesALineAboveItsLimit) {
    const std::string dump = header + principal("a@R") + principal(std::string(100, 'b') + "@R");
    const std::size_t longest = principal(std::string(100, 'b') + "@R").size() - 1;
    EXPECT_TRUE(read_lines(pieces_of(dump), DumpVersion::v7, {.line = longest}));
    EXPECT_EQ(read_lines(pieces_of(dump), DumpVersion::v7, {.line = longest - 1}).error().text(),
              "dump:3: the line exceeds the limit of " + std::to_string(longest - 1) + " bytes");
    std::string endless = header + std::string(3 << 20, ' ');
    EXPECT_EQ(read_lines(pieces_of(endless), DumpVersion::v7, {.line = 1 << 20}).error().text(),
              "dump:2: the line exceeds the limit of 1048576 bytes");
}

TEST(DumpReader, EndsAtAnEndLine) {
    const std::string dump = header + principal("a@R");
    EXPECT_EQ(must_convert(dump + "End\n", DumpVersion::v7), dump);
    EXPECT_EQ(must_convert(dump + "End", DumpVersion::v7), dump);
    EXPECT_EQ(must_convert(dump + "End\nprinc of no interest", DumpVersion::v7), dump);
}

TEST(DumpReader, GoesNoFurtherThanTheEndLine) {
    auto reader = DumpReader::open(pieces_of(header + principal("a@R") + "End\n" + principal("b@R")), "dump");
    ASSERT_TRUE(reader);
    EXPECT_EQ(*reader->next(), DumpReader::Record::principal);
    EXPECT_EQ(*reader->next(), DumpReader::Record::end);
    EXPECT_EQ(*reader->next(), DumpReader::Record::end);
}

TEST(DumpReader, PassesOverEmptyLinesAndCountsThem) {
    EXPECT_EQ(must_convert(header + "\n" + principal("a@R") + " \t\n", DumpVersion::v7), header + principal("a@R"));
    EXPECT_EQ(error_of(header + "\n\n" + "princ\n"), "dump:4: the line ends before the base length: it was cut");
}

TEST(DumpReader, RefusesADumpWithoutRecords) {
    const std::string error =
        "the dump holds no record and would empty a secondary: it failed or was cut; make it again";
    EXPECT_EQ(error_of(header), "dump:1: " + error);
    EXPECT_EQ(error_of(header + "End\n"), "dump:2: " + error);
    EXPECT_EQ(error_of(header + "\n"), "dump:2: " + error);
}

TEST(DumpReader, NamesPlacePrincipalAndField) {
    std::string bad = principal("x@R");
    bad.replace(bad.find("\t0\t0\t0\tx"), 2, "\t2");
    bad.replace(bad.find("\t-1;"), 1, "\t2\t1\tff\t3\t70000\t00\t");
    EXPECT_EQ(error_of(header + principal("a@R") + bad),
              "dump:3: principal \"x@R\": tl-data 2: the length 70000 is not in 0 to 65535");
}

TEST(DumpReader, RefusesALastLineWithoutItsNewline) {
    std::string dump = header + principal("a@R") + principal("b@R");
    dump.pop_back();
    EXPECT_EQ(error_of(dump), "dump:3: the last line has no newline: the dump was cut; make it again");
}

TEST(DumpReader, ShowsTheTypeOfAnUnknownRecordOnlyWhenItIsAWord) {
    const std::string rest = " is not known: a line begins with princ, policy or End";
    EXPECT_EQ(error_of(header + "prnc\t38\n"), "dump:2: record type \"prnc\"" + rest);
    EXPECT_EQ(error_of(header + "0a0b0c\t38\n"), "dump:2: record type" + rest);
    EXPECT_EQ(error_of(header + "princ\v38\n"), "dump:2: the line ends before the length of the name: it was cut");
}

TEST(DumpReader, RefusesANewlineInsideAName) {
    EXPECT_EQ(error_of(header + principal("a\nb@R")),
              "dump:2: the line ends inside the name of 5 bytes: it was cut, or the length is wrong");
}

TEST(DumpReader, GoesOnAfterABadRecordWhenAsked) {
    const std::string bad = "princ\t39\tnonsense\n";
    auto reader = DumpReader::open(pieces_of(header + bad + principal("a@R") + bad + "princ"), "dump").value();
    EXPECT_TRUE(reader.next().error().text().starts_with("dump:2: "));
    EXPECT_TRUE(reader.can_go_on());
    EXPECT_EQ(reader.next().value(), DumpReader::Record::principal);
    EXPECT_TRUE(reader.next().error().text().starts_with("dump:4: "));
    EXPECT_TRUE(reader.next().error().text().starts_with("dump:5: "));
    EXPECT_TRUE(reader.can_go_on());
    EXPECT_EQ(reader.next().value(), DumpReader::Record::end);
}

TEST(DumpReader, DoesNotGoOnAfterALineThatIsTooLong) {
    auto reader = DumpReader::open(pieces_of(header + std::string(200, 'x')), "dump", {.line = 100}).value();
    EXPECT_EQ(reader.next().error().text(), "dump:2: the line exceeds the limit of 100 bytes");
    EXPECT_FALSE(reader.can_go_on());
}

TEST(DumpReader, PassesOnWhatItsSourceSays) {
    const auto fail = [](std::span<char>) -> Result<std::size_t> {
        return Error(Errc::unavailable, "read: no such luck");
    };
    const auto opened = DumpReader::open(fail, "dump");
    EXPECT_EQ(opened.error().text(), "dump: read: no such luck");
    EXPECT_EQ(opened.error().code(), Errc::unavailable);

    auto reader = DumpReader::open(
        [calls = 0, text = header + principal("a@R")](std::span<char> into) mutable -> Result<std::size_t> {
            if (++calls > 256 + 20) return Error(Errc::unavailable, "read: no such luck");
            into[0] = calls <= static_cast<int>(text.size()) ? text[static_cast<std::size_t>(calls - 1)] : ' ';
            return 1;
        },
        "dump");
    ASSERT_TRUE(reader);
    ASSERT_TRUE(reader->next());
    EXPECT_EQ(reader->next().error().text(), "dump:3: read: no such luck");
}

}  // namespace
}  // namespace kpropgw::formats
