#include "gateway/events/line.hpp"

#include <gtest/gtest.h>

#include <random>

#include "gateway/events/catalogue.hpp"

namespace kpropgw::events {
namespace {

using namespace std::string_literals;

TEST(Line, BeginsWithTheEventAndKeepsTheOrderOfTheFields) {
    Occurrence occurrence;
    occurrence.event = &push_refused;
    occurrence.fields = {{"peer", "192.0.2.7"}, {"error", "no such key"}, {"cause", "gateway-key-missing"}};
    EXPECT_EQ(to_line(occurrence), "event=push-refused peer=192.0.2.7 error=\"no such key\" cause=gateway-key-missing");
}

TEST(Line, QuotesOnlyWhatNeedsIt) {
    EXPECT_EQ(quoted_if_needed("kdc2.example.com"), "kdc2.example.com");
    EXPECT_EQ(quoted_if_needed("2001:db8::1"), "2001:db8::1");
    EXPECT_EQ(quoted_if_needed("iprop:kdc1.example.com:2121"), "iprop:kdc1.example.com:2121");
    EXPECT_EQ(quoted_if_needed("/var/lib/kpropgw"), "/var/lib/kpropgw");
    EXPECT_EQ(quoted_if_needed("host/kdc1@EXAMPLE.COM"), "host/kdc1@EXAMPLE.COM");
    EXPECT_EQ(quoted_if_needed(""), R"("")");
    EXPECT_EQ(quoted_if_needed("two words"), R"("two words")");
    EXPECT_EQ(quoted_if_needed("a=b"), R"("a=b")");
    EXPECT_EQ(quoted_if_needed(R"(role "Replce")"), R"("role \"Replce\"")");
    EXPECT_EQ(quoted_if_needed(R"(back\slash)"), R"("back\\slash")");
}

TEST(Line, EscapesWhatWouldEndTheLineOrObeyATerminal) {
    EXPECT_EQ(quoted_if_needed("one\ntwo"), R"("one\ntwo")");
    EXPECT_EQ(quoted_if_needed("a\r\tb"), R"("a\x0d\x09b")");
    EXPECT_EQ(quoted_if_needed("\x1b[2Jgone\x7f"), R"("\x1b[2Jgone\x7f")");
    EXPECT_EQ(quoted_if_needed("zero\0byte"s), R"("zero\x00byte")");
    EXPECT_EQ(quoted_if_needed("\xc2\x9b"
                               "2J"),
              R"("\xc2\x9b2J")")
        << "CSI of C1";
}

TEST(Line, KeepsUtf8AndShowsOtherBytes) {
    EXPECT_EQ(quoted_if_needed("J\xc3\xbcrgen"), "\"J\xc3\xbcrgen\"");
    EXPECT_EQ(quoted_if_needed("\xf0\x9f\x94\x91"), "\"\xf0\x9f\x94\x91\"");
    EXPECT_EQ(quoted_if_needed("J\xfcrgen"), R"("J\xfcrgen")");
    EXPECT_EQ(quoted_if_needed("cut \xe2\x82"), R"("cut \xe2\x82")");
    EXPECT_EQ(quoted_if_needed("\xc0\xaf"), R"("\xc0\xaf")") << "overlong";
    EXPECT_EQ(quoted_if_needed("\xed\xa0\x80"), R"("\xed\xa0\x80")") << "a surrogate";
    EXPECT_EQ(quoted_if_needed("\xf4\x90\x80\x80"), R"("\xf4\x90\x80\x80")") << "above U+10FFFF";
    EXPECT_EQ(as_utf8("J\xfcrgen\n"), "J\\xfcrgen\n");
}

/// What a reader of the log does with a value.
std::string read_back(std::string_view value) {
    if (!value.starts_with('"')) return std::string(value);
    value = value.substr(1, value.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] != '\\') {
            out += value[i];
        } else if (value[++i] == 'x') {
            out += static_cast<char>(std::stoi(std::string(value.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += value[i] == 'n' ? '\n' : value[i];
        }
    }
    return out;
}

TEST(Line, AnyBytesComeBackFromOnePrintableLine) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    constexpr std::string_view likely = "ab \"\\\n\xc3\xbc\xe2\x82\xac\xc2\x80\x1b=x";
    for (int round = 0; round < 5000; ++round) {
        std::string bytes(random() % 12, '\0');
        for (char& byte : bytes)
            byte = random() % 2 == 0 ? static_cast<char>(random()) : likely[random() % likely.size()];
        const std::string value = quoted_if_needed(bytes);
        ASSERT_EQ(read_back(value), bytes) << value;
        ASSERT_EQ(as_utf8(value), value) << "not UTF-8";
        for (const char byte : value)
            ASSERT_TRUE(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7f) << value;
        ASSERT_TRUE(value.starts_with('"') || value.find_first_of(" =\"") == value.npos) << value;
    }
}

}  // namespace
}  // namespace kpropgw::events
