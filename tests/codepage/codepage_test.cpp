#include "codepage/codepage.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kpropgw::codepage {
namespace {

using namespace std::string_literals;

CodePage page(std::string_view name) {
    auto found = CodePage::find(name);
    EXPECT_TRUE(found) << found.error();
    return found ? *found : CodePage::utf8();
}

std::string read(std::string_view name, std::string_view bytes) {
    auto text = page(name).to_utf8(bytes);
    return text ? *text : "error: " + text.error().text();
}

std::string write(std::string_view name, std::string_view text) {
    auto bytes = page(name).from_utf8(text);
    return bytes ? *bytes : "error: " + bytes.error().text();
}

TEST(CodePage, BothLineEndsOfEbcdicAreReadAndNlIsWritten) {
    for (const char* name : {"IBM-1047", "IBM-037", "IBM-273", "IBM-290", "IBM-939", "IBM-930", "IBM-1399"}) {
        EXPECT_EQ(read(name, "\xC1\x15\xC2\x25\xC3\x0D\x15"), "A\nB\nC\r\n") << name;
        EXPECT_EQ(write(name, "A\nB\r\n"), "\xC1\x15\xC2\x0D\x15") << name;
        EXPECT_EQ(write(name, "A\xC2\x85"), "error: byte 1: U+0085 is not in "s + name);
    }
}

TEST(CodePage, TheLineEndOfOtherPagesIsLeftAlone) {
    EXPECT_EQ(read("ISO-8859-1", "a\nb\x85\x15%"), "a\nb\xC2\x85\x15%");
    EXPECT_EQ(write("IBM-850", "a\n"), "a\n");
}

TEST(CodePage, VariantCharactersLieWhereIbmSays) {
    for (const char* name : {"1047", "037", "500", "285", "939", "1140", "1146", "1148"}) {
        EXPECT_EQ(write(name, "@"), "\x7C") << name;
    }
    EXPECT_EQ(write("273", "@") + write("280", "@") + write("1141", "@") + write("1144", "@"), "\xB5\xB5\xB5\xB5");
    EXPECT_EQ(write("297", "@") + write("277", "@") + write("278", "@"), "\x44\x80\xEC");
    EXPECT_EQ(write("871", "@") + write("1026", "@"), "\xAC\xAE");
    EXPECT_EQ(write("1047", "/*_-.AZ09az"), "\x61\x5C\x6D\x60\x4B\xC1\xE9\xF0\xF9\x81\xA9");
    EXPECT_NE(write("290", "a"), "\x81");
    EXPECT_NE(write("930", "a"), "\x81");
}

TEST(CodePage, AByteThatIsNoCharacterIsAnErrorWithItsOffset) {
    EXPECT_EQ(read("UTF-8", "abc\xFFz"), "error: byte 3: 0xff is not a character of UTF-8");
    EXPECT_EQ(read("US-ASCII", "ab\x80"), "error: byte 2: 0x80 is not a character of US-ASCII");
    EXPECT_EQ(read("IBM-290", "\xC1\x57"), "error: byte 1: 0x57 is not a character of IBM-290");
    EXPECT_EQ(read("IBM-939", "\xC1\x0E\x41\x41\xFE\xFE\x0F"), "error: byte 4: 0xfefe is not a character of IBM-939");
    EXPECT_EQ(read("Shift_JIS", "ab\x81"), "error: byte 2: 0x81 is not a character of Shift_JIS");
}

TEST(CodePage, MalformedUtf8IsAnErrorBothWays) {
    const std::string_view malformed[] = {"\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",
                                          "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
                                          "\xC3",         "\xE2\x82",         "\xF0\x9F\x98",     "\xC3\x28",
                                          "\xFE"};
    for (const auto bytes : malformed) {
        const auto text = "ab" + std::string(bytes);
        EXPECT_TRUE(read("UTF-8", text).starts_with("error: byte 2: ")) << text;
        EXPECT_TRUE(write("IBM-1047", text).starts_with("error: byte 2: ")) << text;
        EXPECT_TRUE(write("IBM-939", text).starts_with("error: byte 2: ")) << text;
    }
    for (const std::string_view text :
         {"\x7F", "\xC2\x80", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_EQ(read("UTF-8", text), text);
    }
}

TEST(CodePage, ACharacterWithoutAPlaceIsAnErrorWithItsOffset) {
    EXPECT_EQ(write("IBM-1047", "ab€"), "error: byte 2: U+20AC is not in IBM-1047");
    EXPECT_EQ(write("IBM-1047", "é漢"), "error: byte 2: U+6F22 is not in IBM-1047");
    EXPECT_EQ(write("IBM-939", "漢é漢"), "error: byte 3: U+00E9 is not in IBM-939");
    EXPECT_EQ(write("IBM-939", "漢😀"), "error: byte 3: U+1F600 is not in IBM-939");
}

TEST(CodePage, InvisibleCharactersAreNotLeftOut) {
    for (const char* name : {"IBM-1047", "IBM-939", "IBM-933", "Shift_JIS", "EUC-JP"}) {
        EXPECT_EQ(write(name, "a\u200Bb"), "error: byte 1: U+200B is not in "s + name);
        EXPECT_EQ(write(name, "a\u2060"), "error: byte 1: U+2060 is not in "s + name);
    }
}

TEST(CodePage, DoubleBytesAreShiftedInAndOut) {
    EXPECT_EQ(write("IBM-939", "a漢字b"), "\x81\x0E\x4F\x58\x48\xF2\x0F\x82");
    EXPECT_EQ(read("IBM-939", "\x81\x0E\x4F\x58\x48\xF2\x0F\x82"), "a漢字b");
    EXPECT_EQ(write("IBM-939", "漢\n"), "\x0E\x4F\x58\x0F\x15");
}

TEST(CodePage, ShiftsComeInPairs) {
    EXPECT_EQ(read("IBM-939", "\x81\x81\x81\x0E"), "error: byte 3: 0x0e without 0x0f");
    EXPECT_EQ(read("IBM-939", "\x81\x0E\x45\xD1"), "error: byte 1: 0x0e without 0x0f");
    EXPECT_EQ(read("IBM-939", "\x81\x0E\x45\xD1\x15\x0F"), "error: byte 1: 0x0e without 0x0f");
    EXPECT_EQ(read("IBM-939", "\x0E\x45\xD1\x0E\x0F"), "error: byte 0: 0x0e without 0x0f");
    EXPECT_EQ(read("IBM-939", "\x81\x0F"), "error: byte 1: 0x0f without 0x0e");
    EXPECT_EQ(read("IBM-939", "\x0E\x45\x0F"), "error: byte 0: 0x0e without 0x0f");
    EXPECT_EQ(write("IBM-939", "a\x0E\x0F"), "error: byte 1: U+000E is not in IBM-939");
}

TEST(CodePage, EveryCutOfADoubleByteTextIsReadOrRefused) {
    const auto whole = write("IBM-939", "abc漢字のdef");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto text = page("IBM-939").to_utf8(std::string_view(whole).substr(0, size));
        EXPECT_EQ(text.has_value(), size < 4 || size > 10) << size;
    }
}

TEST(CodePage, LongTextsKeepTheirOffsets) {
    std::string text;
    for (int i = 0; i < 5000; ++i) {
        text += "a漢\n";
    }
    const auto bytes = write("IBM-939", text);
    EXPECT_EQ(read("IBM-939", bytes), text);
    EXPECT_EQ(read("IBM-939", bytes + "\x0E\xFE\xFE\x0F"), "error: byte 30001: 0xfefe is not a character of IBM-939");
    EXPECT_EQ(write("IBM-939", text + "😀"), "error: byte 25000: U+1F600 is not in IBM-939");
}

TEST(CodePage, WhatAPageReadsItWritesBack) {
    for (const auto& name : known_names()) {
        const CodePage tried = page(name);
        const bool is_single_byte =
            tried.is_ebcdic() || name.starts_with("ISO-8859") || name.starts_with("windows-125");
        if (!is_single_byte) continue;
        for (unsigned value = 0; value < 256; ++value) {
            const std::string byte(1, static_cast<char>(value));
            const auto text = tried.to_utf8(byte);
            if (!text) continue;
            const auto again = tried.from_utf8(*text);
            ASSERT_TRUE(again) << name << " " << value << ": " << again.error();
            EXPECT_EQ(*again, tried.is_ebcdic() && byte == "\x25" ? "\x15" : byte) << name << " " << value;
        }
    }
}

TEST(CodePage, EbcdicIsKnownAsSuch) {
    EXPECT_TRUE(page("1047").is_ebcdic());
    EXPECT_TRUE(page("290").is_ebcdic());
    EXPECT_TRUE(page("1399").is_ebcdic());
    EXPECT_FALSE(page("UTF-8").is_ebcdic());
    EXPECT_FALSE(page("ISO-8859-1").is_ebcdic());
    EXPECT_FALSE(page("Shift_JIS").is_ebcdic());
}

TEST(CodePage, OnePageServesManyThreads) {
    const CodePage shared = page("IBM-939");
    const auto convert = [&shared] {
        for (int i = 0; i < 200; ++i) {
            const auto bytes = shared.from_utf8("a漢字b");
            ASSERT_TRUE(bytes);
            ASSERT_EQ(*shared.to_utf8(*bytes), "a漢字b");
        }
    };
    std::thread other(convert);
    convert();
    other.join();
}

}  // namespace
}  // namespace kpropgw::codepage
