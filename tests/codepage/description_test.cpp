#include "codepage/description.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "codepage/ebcdic_pages.hpp"

using ::testing::AnyOf;

namespace kpropgw::codepage {
namespace {

using Family = Description::Family;
using Width = Description::Width;
using SmallLetters = Description::SmallLetters;

Description describe(std::string_view name) {
    const auto all = describe_all();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Description& page) { return page.name == name; });
    EXPECT_NE(found, all.end()) << name;
    return found == all.end() ? Description{} : *found;
}

TEST(Description, SaysWhatAPageIs) {
    const Description german = describe("IBM-273");
    EXPECT_EQ(german.ccsid, 273);
    EXPECT_EQ(german.family, Family::ebcdic);
    EXPECT_EQ(german.width, Width::single);
    EXPECT_EQ(german.small_letters, SmallLetters::usual);
    EXPECT_EQ(german.at_sign, "\xB5");
    EXPECT_FALSE(german.has_euro);
    EXPECT_EQ(german.euro_twin, "IBM-1141");
    EXPECT_EQ(german.use, "Germany, Austria");

    const Description katakana = describe("IBM-930");
    EXPECT_EQ(katakana.width, Width::shifting);
    EXPECT_EQ(katakana.small_letters, SmallLetters::elsewhere);
    EXPECT_EQ(katakana.euro_twin, "IBM-1390");
    EXPECT_EQ(describe("IBM-803").small_letters, SmallLetters::none);

    EXPECT_EQ(describe("UTF-8").family, Family::utf8);
    EXPECT_EQ(describe("UTF-8").ccsid, 1208);
    EXPECT_EQ(describe("ISO-8859-1").family, Family::ascii);
    EXPECT_EQ(describe("ISO-8859-1").ccsid, 819);
    EXPECT_EQ(describe("Shift_JIS").width, Width::multiple);
    EXPECT_EQ(describe("IBM-1047").euro_twin, "") << "ICU has no IBM-924";
}

TEST(Description, CoversEveryKnownPageInOrder) {
    const auto all = describe_all();
    EXPECT_EQ(all.size(), known_names().size());
    EXPECT_EQ(all[0].name, "UTF-8");
    EXPECT_EQ(all[1].name, "IBM-1047");
    for (const Description& page : all) {
        if (page.ccsid != 0) {
            EXPECT_EQ(CodePage::find(std::to_string(page.ccsid)).value().name(), page.name);
        }
        if (page.family == Family::ebcdic && page.name.starts_with("IBM-")) {
            EXPECT_NE(page.use, "") << page.name;
        }
    }
}

TEST(EbcdicPages, AllOfTheTableAreKnownByTheirNames) {
    ASSERT_EQ(open_ebcdic_pages().size(), ebcdic_pages().size());
    for (std::size_t i = 0; i < ebcdic_pages().size(); ++i)
        EXPECT_EQ(open_ebcdic_pages()[i].name(), ebcdic_pages()[i].name);
}

TEST(EbcdicPages, ATwinHasTheEuroSignAndAllElseWhereThePageHasIt) {
    int twins = 0;
    for (const EbcdicPage& row : ebcdic_pages()) {
        const auto twin = CodePage::find(row.euro_twin);
        if (row.euro_twin.empty() || !twin) continue;
        const CodePage page = CodePage::find(row.name).value();
        EXPECT_TRUE(twin->from_utf8("€")) << row.euro_twin;
        int changed = 0;
        for (unsigned value = 0; value < 256; ++value) {
            const std::string byte(1, static_cast<char>(value));
            const auto before = page.to_utf8(byte);
            if (!before) continue;
            const auto after = twin->to_utf8(byte);
            if (after && *after == *before) continue;
            ++changed;
            EXPECT_TRUE(after && *after == "€") << row.name << " " << value;
            EXPECT_THAT(*before, AnyOf("¤", "§")) << row.name;
        }
        EXPECT_LE(changed, 1) << row.name;
        ++twins;
    }
    EXPECT_GE(twins, 20);
}

}  // namespace
}  // namespace kpropgw::codepage
