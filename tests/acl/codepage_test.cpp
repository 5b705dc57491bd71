#include <gtest/gtest.h>

#include "acl/acl.hpp"
#include "base/file.hpp"
#include "codepage/codepage.hpp"

namespace kpropgw::acl {
namespace {

std::string sample(const std::string& name) {
    auto bytes = read_file(KPROPGW_SOURCE_DIR "/samples/" + name, 4096);
    EXPECT_TRUE(bytes) << bytes.error();
    return bytes ? *bytes : "";
}

Acl read(const std::string& bytes, const std::optional<std::string>& page) {
    const auto text = codepage::decode(bytes, page);
    EXPECT_TRUE(text) << text.error();
    const auto reading = parse(text ? *text : "", "kpropd.acl");
    EXPECT_TRUE(reading.acl);
    return reading.acl.value_or(Acl{});
}

TEST(AclInCodePages, Ibm1047IsRecognised) {
    EXPECT_EQ(read(sample("kpropd.acl.ibm-1047"), std::nullopt), read(sample("kpropd.acl"), std::nullopt));
}

TEST(AclInCodePages, TheSampleIsItsTwin) {
    const auto page = codepage::CodePage::find("En_US.IBM-1047");
    ASSERT_TRUE(page) << page.error();
    const auto bytes = page->from_utf8(sample("kpropd.acl"));
    ASSERT_TRUE(bytes) << bytes.error();
    EXPECT_EQ(*bytes, sample("kpropd.acl.ibm-1047"));
}

class AclInCodePage : public testing::TestWithParam<const char*> {};

TEST_P(AclInCodePage, IsTheSame) {
    const auto page = codepage::CodePage::find(GetParam());
    ASSERT_TRUE(page) << page.error();
    const auto bytes = page->from_utf8(sample("kpropd.acl"));
    ASSERT_TRUE(bytes) << bytes.error();
    EXPECT_NE(bytes->find('\x15'), bytes->npos);
    EXPECT_EQ(read(*bytes, GetParam()), read(sample("kpropd.acl"), std::nullopt));
}

INSTANTIATE_TEST_SUITE_P(Names, AclInCodePage,
                         testing::Values("IBM-1047", "De_DE.IBM-273", "297", "Ja_JP.IBM-939", "Ja_JP.IBM-930", "C"));

TEST(AclInCodePages, ALineIsCountedInTheFilesOwnCharacters) {
    const auto page = codepage::CodePage::find("Ja_JP.IBM-939").value();
    std::string comment = ";";
    while (comment.size() < 1 + 254 * std::string_view("漢").size())
        comment += "漢";
    const auto read_with = [&](const std::string& line) {
        const std::string bytes = page.from_utf8(line + "\nkdc1 Primary\n").value();
        EXPECT_GT(bytes.size(), 500U) << "two bytes a character, and the shifts";
        return parse(codepage::decode(bytes, "939").value(), "kpropd.acl");
    };
    EXPECT_TRUE(read_with(comment).acl);
    const auto longer = read_with(comment + "漢");
    ASSERT_FALSE(longer.acl);
    EXPECT_EQ(longer.diagnostics.front().column, 256U);
}

}  // namespace
}  // namespace kpropgw::acl
