#include <gtest/gtest.h>

#include <random>

#include "codepage/codepage.hpp"

namespace kpropgw::codepage {
namespace {

class InPieces : public testing::TestWithParam<const char*> {
protected:
    CodePage page() const { return CodePage::find(GetParam()).value(); }
};

/// Text of the page's own characters, in lines of any length.
std::string make_text(const CodePage& page, std::mt19937& random) {
    std::vector<std::string> characters;
    for (const char* one : {"@", "#", "é", "ß", "漢", "字", "の", "ｱ", "😀", "€", "Я", "\t"}) {
        if (page.from_utf8(one)) characters.push_back(one);
    }
    std::string text;
    while (text.size() < 120000) {
        const std::size_t ascii = random() % 40;
        for (std::size_t i = 0; i < ascii; ++i)
            text += "abcXYZ012-./ "[random() % 13];
        text += characters[random() % characters.size()];
        if (random() % 20 == 0) text += '\n';
    }
    return text + "\n";
}

TEST_P(InPieces, EqualsTheWhole) {
    const unsigned seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const CodePage page = this->page();
    const std::string text = make_text(page, random);
    const std::string whole = page.from_utf8(text).value();
    EXPECT_EQ(page.to_utf8(whole).value(), text);
    std::string bytes = "before";
    std::string again;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', std::min(text.size() - 1, at + random() % 5000)) + 1;
        const std::size_t size_before = bytes.size();
        ASSERT_TRUE(page.from_utf8(std::string_view(text).substr(at, end - at), bytes));
        ASSERT_TRUE(page.to_utf8(std::string_view(bytes).substr(size_before), again));
        at = end;
    }
    EXPECT_EQ(bytes, "before" + whole);
    EXPECT_EQ(again, text);
}

TEST_P(InPieces, AnErrorLeavesTheOutputAndCountsFromTheFilesBeginning) {
    const CodePage page = this->page();
    std::string out = "kept";
    const auto result = page.from_utf8("abcdefghijklm\xFF", out, 5'000'000'000);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().text(), "byte 5000000013: 0xff is not a character of UTF-8");
    EXPECT_EQ(out, "kept");
    if (page.from_utf8("\U0001F4A9")) return;  // the page has all of Unicode
    const auto no_character = page.from_utf8("abcdefghijklm\U0001F4A9", out, 7);
    ASSERT_FALSE(no_character);
    EXPECT_EQ(no_character.error().text(), "byte 20: U+1F4A9 is not in " + page.name());
    EXPECT_EQ(out, "kept");
}

TEST_P(InPieces, AByteThatIsNoCharacterIsFoundWhereverItStands) {
    const CodePage page = this->page();
    const std::string bad = page.is_utf8() ? "\xFF" : page.is_ebcdic() ? "\x0E\xFE\xFE\x0F" : "\xFF\xFF";
    const std::string line = page.from_utf8("abcdefghij\n").value();
    if (page.to_utf8(bad)) return;  // every byte is a character here
    const std::string first_error = page.to_utf8(bad).error().text();
    const std::size_t first = std::stoul(first_error.substr(5));
    for (std::size_t before = 0; before < 40000; before += 1997) {
        std::string bytes;
        while (bytes.size() < before)
            bytes += line;
        std::string out = "kept";
        const auto result = page.to_utf8(bytes + bad, out, 100);
        ASSERT_FALSE(result) << before;
        EXPECT_EQ(result.error().text(),
                  "byte " + std::to_string(100 + bytes.size() + first) + first_error.substr(first_error.find(": ")));
        EXPECT_EQ(out, "kept");
    }
}

INSTANTIATE_TEST_SUITE_P(Pages, InPieces,
                         testing::Values("UTF-8", "IBM-1047", "IBM-273", "IBM-1140", "IBM-1025", "IBM-290", "IBM-930",
                                         "IBM-939", "IBM-1399", "IBM-933", "Shift_JIS", "GB18030", "ISO-8859-1",
                                         "windows-1252"));

}  // namespace
}  // namespace kpropgw::codepage
