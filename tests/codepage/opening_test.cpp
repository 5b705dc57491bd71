#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "codepage/codepage.hpp"
#include "tests/codepage/environment.hpp"

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

namespace kpropgw::codepage {
namespace {

using Form = Opening::Form;

constexpr std::string_view header = "kdb5_util load_dump version ";

std::string dump_in(std::string_view page) {
    return CodePage::find(page).value().from_utf8("kdb5_util load_dump version 7\nprinc\t38\t").value();
}

/// The page's name, or the error.
std::string page_of(std::string_view bytes, const std::optional<std::string>& name = std::nullopt) {
    const auto page = page_of_file(bytes, header, name);
    return page ? page->name() : page.error().text();
}

TEST(Opening, OfAsciiIsPlain) {
    for (const char* page : {"UTF-8", "ISO-8859-1", "IBM-850", "Shift_JIS"}) {
        const Opening opening = recognise_opening(dump_in(page), header);
        EXPECT_EQ(opening.form, Form::plain) << page;
        EXPECT_THAT(opening.pages, IsEmpty());
    }
}

TEST(Opening, OfEbcdicNamesEveryPageThatBeginsSo) {
    const Opening latin = recognise_opening(dump_in("273"), header);
    EXPECT_EQ(latin.form, Form::ebcdic);
    EXPECT_EQ(latin.pages.front(), "IBM-1047") << "the most usual first";
    for (const char* page : {"IBM-037", "IBM-273", "IBM-297", "IBM-939", "IBM-1141", "IBM-1025"})
        EXPECT_THAT(latin.pages, Contains(page));
    EXPECT_THAT(latin.pages, Not(Contains("IBM-930")));
    const Opening katakana = recognise_opening(dump_in("930"), header);
    EXPECT_EQ(katakana.form, Form::ebcdic);
    EXPECT_THAT(katakana.pages, ElementsAre("IBM-930", "IBM-1390", "IBM-290", "IBM-8482"));
}

TEST(Opening, OfAnythingElseIsNeither) {
    for (const std::string_view bytes : {"", "kdb6_util", "\x92\x84\x82\xF6", "\xFF\xFE", "; kpropd.acl\n"}) {
        EXPECT_EQ(recognise_opening(bytes, header).form, Form::neither) << bytes;
    }
}

TEST(Opening, ACutOneIsComparedAsFarAsItGoes) {
    for (const char* page : {"UTF-8", "IBM-1047", "IBM-930"}) {
        const std::string dump = dump_in(page);
        const Form whole = recognise_opening(dump, header).form;
        for (std::size_t size = 1; size <= dump.size(); ++size)
            EXPECT_EQ(recognise_opening(dump.substr(0, size), header).form, whole) << page << " " << size;
    }
}

TEST(PageOfFile, AsciiNeedsNoName) {
    const Environment environment("De_DE.IBM-273");
    EXPECT_EQ(page_of(dump_in("UTF-8")), "UTF-8");
    EXPECT_EQ(page_of("no dump at all"), "UTF-8") << "its reader says what is wrong";
    EXPECT_EQ(page_of(dump_in("UTF-8"), "ISO-8859-1"), "ISO-8859-1");
}

TEST(PageOfFile, EbcdicIsOpenUntilSomethingNamesIt) {
    const std::string bytes = dump_in("273");
    {
        const Environment environment("en_US.UTF-8");
        EXPECT_THAT(page_of(bytes),
                    testing::MatchesRegex(
                        "the file is EBCDIC, but its first letters are the same in IBM-1047, IBM-037, IBM-500, "
                        "IBM-273, IBM-297, IBM-285 and [0-9]+ more, which differ in \"@\" and others, and LANG is "
                        "\"en_US.UTF-8\"; name its code page, for example --codepage IBM-1047 or "
                        "LANG=En_US.IBM-1047"));
        EXPECT_EQ(page_of(bytes, "De_DE.IBM-273"), "IBM-273");
    }
    const Environment environment("De_DE.IBM-273");
    EXPECT_EQ(page_of(bytes), "IBM-273");
}

TEST(PageOfFile, APageThatWritesTheBeginningOtherwiseIsNotTaken) {
    const Environment environment("En_US.IBM-1047");
    const std::string begins_so =
        "the file does not begin with \"kdb5_util load_dump version \" in IBM-1047, but in IBM-930, IBM-1390, IBM-290, "
        "IBM-8482; name one of these";
    EXPECT_EQ(page_of(dump_in("930")), "LANG: " + begins_so);
    EXPECT_EQ(page_of(dump_in("930"), "1047"), begins_so);
    EXPECT_EQ(page_of(dump_in("UTF-8"), "1047"), "the file begins in ASCII, not in IBM-1047; leave that code page out");
    EXPECT_THAT(page_of(dump_in("1047"), "UTF-8"), HasSubstr("in UTF-8, but in IBM-1047, "));
    EXPECT_THAT(page_of(dump_in("1047"), "IBM-10477"), HasSubstr("did you mean \"IBM-1047\"?"));
}

}  // namespace
}  // namespace kpropgw::codepage
