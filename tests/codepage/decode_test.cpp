#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>

#include "codepage/codepage.hpp"
#include "tests/codepage/environment.hpp"

namespace kpropgw::codepage {
namespace {

std::string detected(std::string_view bytes) {
    const auto page = detect(bytes);
    return page ? page->name() : page.error().text().substr(0, 4) == "line" ? "open" : "none";
}

std::string decoded(std::string_view bytes, const std::optional<std::string>& name = std::nullopt) {
    const auto text = decode(bytes, name);
    return text ? *text : "error: " + text.error().text();
}

std::string ebcdic(std::string_view page, std::string_view text) {
    const auto found = CodePage::find(page);
    EXPECT_TRUE(found) << found.error();
    const auto bytes = found->from_utf8(text);
    EXPECT_TRUE(bytes) << bytes.error();
    return *bytes;
}

TEST(Detect, Utf8IsRecognised) {
    EXPECT_EQ(detected(""), "UTF-8");
    EXPECT_EQ(detected("; a comment\nkdc1 Primary\n"), "UTF-8");
    EXPECT_EQ(detected("Übermut\r\n"), "UTF-8");
    EXPECT_EQ(detected("100%\n"), "UTF-8");
}

TEST(Detect, EbcdicOfTheInvariantLettersIsRecognised) {
    EXPECT_EQ(detected(ebcdic("1047", "; Host\nkdc1.example.com:754 Primary\n")), "IBM-1047");
    EXPECT_EQ(detected(ebcdic("273", "; ----\n")), "IBM-1047");
    EXPECT_EQ(detected("\xC8\x96\xA2\xA3\x0D\x25\x05\xF1"), "IBM-1047");
}

TEST(Detect, AnUnsafeGuessIsNotMade) {
    EXPECT_EQ(detected(ebcdic("1047", "host/kdc1@REALM\n")), "open") << "@ is another letter in other pages";
    EXPECT_EQ(detected(ebcdic("939", "; 漢字\nkdc1 Primary\n")), "open");
    EXPECT_EQ(detected("\xFF\xFE"), "none");
    EXPECT_EQ(detected("^@```%"), "none") << "a line of a comment in EBCDIC, or odd ASCII";
    EXPECT_EQ(detected("\xC4\xD6 \xFC"), "none");
}

TEST(Decode, TheNameDecides) {
    const Environment environment("De_DE.IBM-273");
    EXPECT_EQ(decoded(ebcdic("297", "@[]\n"), "Fr_FR.IBM-297"), "@[]\n");
    EXPECT_EQ(decoded("abc\xFF", "UTF-8"), "error: byte 3: 0xff is not a character of UTF-8");
    EXPECT_EQ(decoded("abc", "IBM-10477"), "error: code page \"IBM-10477\" is not known; did you mean \"IBM-1047\"?");
}

TEST(Decode, WithoutANameTheBytesDecide) {
    const Environment environment("nonsense");
    EXPECT_EQ(decoded("kdc1 Primary\n"), "kdc1 Primary\n");
    EXPECT_EQ(decoded(ebcdic("1047", "kdc1 Primary\n")), "kdc1 Primary\n");
}

TEST(Decode, WhereTheBytesDoNotDecideTheLocaleDoes) {
    {
        const Environment environment("De_DE.IBM-273");
        EXPECT_EQ(decoded(ebcdic("273", "Übermut@ß\n")), "Übermut@ß\n");
    }
    {
        const Environment environment("C", "De_DE.ISO8859-1");
        EXPECT_EQ(decoded("\xDC"
                          "bermut\n"),
                  "Übermut\n");
    }
}

TEST(Decode, TheLocaleSaysWhichEbcdicItIs) {
    const Environment environment("Ja_JP.IBM-930");
    EXPECT_EQ(decoded(ebcdic("930", "ｱｲｳ\n")), "ｱｲｳ\n");
    EXPECT_EQ(decoded("kdc1 Primary\n"), "kdc1 Primary\n");
}

TEST(Decode, WhereSeveralEbcdicPagesAreOpenTheErrorNamesThemAndAsks) {
    const std::string bytes = ebcdic("1047", "; first\nhost/kdc1@REALM\n");
    const Environment environment("de_DE.UTF-8");
    EXPECT_EQ(
        decoded(bytes),
        "error: line 2, column 10: EBCDIC, but which page is open: this is \"@\" in IBM-1047, IBM-037, IBM-500, "
        "IBM-285, IBM-284, IBM-1140 and 35 more, \"§\" in IBM-273, IBM-280, IBM-1141, IBM-1144, \"à\" in IBM-297, "
        "IBM-1147, \"Ø\" in IBM-277, IBM-1142, others elsewhere; name its code page, for example --codepage "
        "IBM-1047 or LANG=En_US.IBM-1047");
}

TEST(Decode, WhatCannotBeKnownIsAnErrorThatAsksForTheName) {
    const std::string bytes = "\xC4\xD6 \xFC";
    const std::string neither = "error: the text is neither UTF-8 nor EBCDIC that could be recognised, and ";
    const std::string ask = "; name its code page, for example --codepage IBM-1047 or LANG=En_US.IBM-1047";
    {
        const Environment environment("C");
        EXPECT_EQ(decoded(bytes), neither + "LANG is \"C\"" + ask);
    }
    {
        const Environment environment("C", "en_US.UTF-8");
        EXPECT_EQ(decoded(bytes), neither + "LC_ALL is \"en_US.UTF-8\"" + ask);
    }
    {
        const Environment environment(nullptr);
        EXPECT_EQ(decoded(bytes), neither + "no LANG is set" + ask);
    }
    {
        const Environment environment("De_DE");
        EXPECT_EQ(
            decoded(bytes),
            "error: LANG: code page \"De_DE\" is not known; name it by its CCSID (\"1047\"), as \"IBM-1047\" or by a "
            "locale (\"En_US.IBM-1047\")");
    }
    {
        const Environment environment("Ja_JP.IBM-939");
        EXPECT_EQ(decoded("\x7C\x0E\x15"), "error: LANG: byte 1: 0x0e without 0x0f");
    }
}

constexpr std::array<std::string_view, 2> roles{"Primary", "Replace"};

std::string detected_by_words(std::string_view bytes) {
    const auto page = detect(bytes, roles);
    return page ? page->name() : page.error().text();
}

TEST(DetectByWords, AKatakanaPageIsRecognised) {
    EXPECT_EQ(detected_by_words(ebcdic("930", "; Host\nkdc1.example.com Primary\n")), "IBM-930");
    EXPECT_THAT(detected_by_words(ebcdic("930", "kdc1.example.com PRIMARY\n")), testing::HasSubstr("page is open"))
        << "capitals are the same everywhere";
    EXPECT_EQ(detected_by_words(ebcdic("290", "kdc1 Replace\n")), "IBM-930") << "the two are the same in these letters";
    EXPECT_EQ(detected_by_words(ebcdic("1047", "; Host\nkdc1.example.com Primary\n")), "IBM-1047");
}

TEST(DetectByWords, DoubleBytesLeaveFewPagesOpen) {
    EXPECT_THAT(detected_by_words(ebcdic("939", "; 漢字\nkdc1 Primary\n")),
                testing::StartsWith("line 1, column 3: EBCDIC, but which page is open: this is \"漢\" in IBM-939, "
                                    "IBM-1399, "));
}

TEST(DetectByWords, AsciiThatCouldBeEbcdicIsAscii) {
    EXPECT_EQ(detected_by_words("KKK"), "UTF-8") << "three full stops of EBCDIC";
    EXPECT_EQ(detected_by_words("kdc1 primary"), "UTF-8");
    EXPECT_EQ(detected_by_words("; Übermut\nkdc1 primry\n"), "UTF-8");
}

TEST(DetectByWords, AMisspeltFileOfEbcdicIsStillRecognised) {
    EXPECT_EQ(detected_by_words(ebcdic("1047", "kdc1 Primry\n")), "IBM-1047");
}

TEST(DetectByWords, ALocaleThatCannotBeItDoesNotDecide) {
    const std::string bytes = ebcdic("930", "kdc1 Primary\n");
    const Environment environment("En_US.IBM-1047");
    EXPECT_EQ(decode(bytes, std::nullopt, roles).value(), "kdc1 Primary\n");
}

TEST(Decode, PlainTextIsReadInAPlainLocale) {
    const Environment environment("C");
    EXPECT_EQ(decoded("KKK"), "KKK") << "this could be three full stops of EBCDIC, but nothing says so";
}

TEST(Decode, AByteOrderMarkIsDropped) {
    EXPECT_EQ(decoded("\xEF\xBB\xBF; x\n"), "; x\n");
    EXPECT_EQ(decoded("\xEF\xBB\xBF; x\n", "UTF-8"), "; x\n");
}

}  // namespace
}  // namespace kpropgw::codepage
