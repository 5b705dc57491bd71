#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "codepage/codepage.hpp"

namespace kpropgw::codepage {
namespace {

std::string canonical(std::string_view name) {
    const auto page = CodePage::find(name);
    return page ? page->name() : "error: " + page.error().text();
}

TEST(CodePageNames, PeoplesNamesLeadToOnePage) {
    for (const char* name : {"1047", "IBM-1047", "ibm-1047", "IBM1047", "cp1047", "En_US.IBM-1047", "EN_us.ibm-1047",
                             "En_US.IBM-1047@lp64", "En_US.IBM-1047@preeuro", "C", "c", "POSIX", "ibm-1047_P100-1995",
                             "ibm-1047_P100-1995,swaplfnl"}) {
        EXPECT_EQ(canonical(name), "IBM-1047") << name;
    }
    for (const char* name : {"37", "037", "00037", "IBM-37", "IBM-037", "IBM037", "En_US.IBM-037"}) {
        EXPECT_EQ(canonical(name), "IBM-037") << name;
    }
    for (const char* name : {"UTF-8", "utf8", "1208", "IBM-1208", "C.UTF-8", "en_US.UTF-8", "De_DE.UTF-8@euro"}) {
        EXPECT_EQ(canonical(name), "UTF-8") << name;
    }
    EXPECT_EQ(canonical("De_DE.IBM-273"), "IBM-273");
    EXPECT_EQ(canonical("Ja_JP.IBM-939"), "IBM-939");
    EXPECT_EQ(canonical("819"), "ISO-8859-1");
    EXPECT_EQ(canonical("latin1"), "ISO-8859-1");
}

TEST(CodePageNames, EuroPicksTheTwin) {
    const std::pair<const char*, const char*> twins[] = {
        {"037", "IBM-1140"}, {"273", "IBM-1141"}, {"277", "IBM-1142"}, {"278", "IBM-1143"}, {"280", "IBM-1144"},
        {"284", "IBM-1145"}, {"285", "IBM-1146"}, {"297", "IBM-1147"}, {"500", "IBM-1148"}, {"871", "IBM-1149"}};
    for (const auto& [page, twin] : twins) {
        EXPECT_EQ(canonical(std::string("Xx_XX.IBM-") + page + "@euro"), twin);
    }
    EXPECT_EQ(canonical("De_DE.IBM-273@EURO"), "IBM-1141");
    EXPECT_EQ(canonical("De_DE.IBM-1141@euro"), "IBM-1141");
    EXPECT_EQ(canonical("Ja_JP.IBM-939@euro"), "IBM-1399");
    EXPECT_EQ(canonical("Ja_JP.IBM-930@euro"), "IBM-1390");
    EXPECT_EQ(
        canonical("En_US.IBM-1047@euro"),
        "error: code page \"En_US.IBM-1047@euro\": IBM-1047 has no twin with the euro sign here; leave out @euro or "
        "convert the text first");
}

TEST(CodePageNames, AnUnknownNameIsAnErrorWithTheNearest) {
    EXPECT_EQ(canonical("IBM-10477"), "error: code page \"IBM-10477\" is not known; did you mean \"IBM-1047\"?");
    EXPECT_EQ(canonical("De_DE.IBM-2733"),
              "error: code page \"De_DE.IBM-2733\" is not known; did you mean \"IBM-273\"?");
    EXPECT_EQ(canonical("UTF-88"), "error: code page \"UTF-88\" is not known; did you mean \"UTF-8\"?");
    for (const std::string_view name :
         {std::string_view(""), std::string_view("De_DE"), std::string_view(".IBM-1047"), std::string_view("De_DE."),
          std::string_view("@euro"), std::string_view("../1047"), std::string_view("1047\0x", 6),
          std::string_view("1047,version=1")}) {
        EXPECT_THAT(canonical(name), testing::HasSubstr("is not known")) << name;
    }
    EXPECT_EQ(
        canonical("De_DE"),
        "error: code page \"De_DE\" is not known; name it by its CCSID (\"1047\"), as \"IBM-1047\" or by a locale "
        "(\"En_US.IBM-1047\")");
}

TEST(CodePageNames, PagesWithSeveralFormsForOneTextAreRefused) {
    for (const char* name : {"UTF-7", "ISO-2022-JP", "SCSU", "UTF-16", "HZ-GB-2312"}) {
        EXPECT_THAT(canonical(name), testing::HasSubstr("has several forms for one text; convert to UTF-8 first"))
            << name;
    }
}

TEST(CodePageNames, EveryKnownNameIsFoundAndItsOwn) {
    const auto names = known_names();
    EXPECT_THAT(names, testing::IsSupersetOf({"IBM-037", "IBM-1047", "IBM-273", "IBM-297", "IBM-930", "IBM-939",
                                              "IBM-1140", "IBM-1399", "ISO-8859-1", "UTF-8", "windows-1252"}));
    EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
    for (const auto& name : names) {
        EXPECT_EQ(canonical(name), name);
    }
}

}  // namespace
}  // namespace kpropgw::codepage
