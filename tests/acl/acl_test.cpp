#include "acl/acl.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "acl/write.hpp"
#include "base/file.hpp"

namespace kpropgw::acl {
namespace {

using testing::SizeIs;

Acl read(std::string_view text) {
    auto reading = parse(text, "test.acl");
    EXPECT_TRUE(reading.acl) << (reading.diagnostics.empty() ? "" : reading.diagnostics.front().render());
    return reading.acl.value_or(Acl{});
}

Acl read_sample() {
    const auto text = read_file(KPROPGW_SOURCE_DIR "/samples/kpropd.acl", 4096);
    EXPECT_TRUE(text) << text.error();
    return read(*text);
}

TEST(Acl, ReadsIbmsSample) {
    const Acl expected{{
        {"dcesec4.krb390.ibm.com", 754, Role::primary, std::nullopt, 5},
        {"dcesec7.krb390.ibm.com", 754, Role::update, std::nullopt, 6},
        {"dcecpt.mitkrb.ibm.com", 754, Role::replace, Enctype{1, "des-cbc-crc"}, 7},
    }};
    EXPECT_EQ(read_sample(), expected);
}

TEST(Acl, FindsAHostWithoutRegardToCase) {
    const Acl sample = read_sample();
    ASSERT_NE(sample.find("DCEsec7.KRB390.ibm.com"), nullptr);
    EXPECT_EQ(sample.find("DCEsec7.KRB390.ibm.com")->line, 6);
    EXPECT_EQ(sample.find("dcesec7"), nullptr);
    EXPECT_EQ(Acl{}.find(""), nullptr);
}

TEST(Acl, FindsThePrimary) {
    const Acl sample = read_sample();
    ASSERT_NE(sample.primary(), nullptr);
    EXPECT_EQ(sample.primary()->host, "dcesec4.krb390.ibm.com");
    EXPECT_EQ(read("kdc1.example.com Update").primary(), nullptr);
}

TEST(Acl, TheLineIsNoPartOfEquality) {
    EXPECT_EQ(read("kdc1 Primary\nkdc2 Update"), read("\n;\nKDC1 primary\n\tkdc2 UPDATE\n"));
    EXPECT_NE(read("kdc1 Primary\nkdc2 Update"), read("kdc1 Primary\nkdc2:754 Update"));
    EXPECT_NE(read("kdc1 Primary\nkdc2 Update"), read("kdc2 Update\nkdc1 Primary"));
}

TEST(Acl, ABadLineDoesNotHideTheNext) {
    const auto reading = parse("kdc1 Primry\nkdc2 Updte\n\nkdc3 Compta\n", "test.acl");
    EXPECT_FALSE(reading.acl);
    ASSERT_THAT(reading.diagnostics, SizeIs(3));
    EXPECT_EQ(reading.diagnostics[2].line, 4);
    EXPECT_EQ(reading.diagnostics[2].column, 6);
    EXPECT_EQ(reading.diagnostics[2].length, 6);
}

TEST(Acl, WarningsLeaveTheAclInForce) {
    const auto reading = parse("kdc1 Primary\nkdc2 Compat rc4-hmac\n", "test.acl");
    EXPECT_TRUE(reading.acl);
    EXPECT_THAT(reading.diagnostics, SizeIs(2));
}

TEST(Acl, EveryCutOfTheSampleIsReadOrExplained) {
    const auto text = read_file(KPROPGW_SOURCE_DIR "/samples/kpropd.acl", 4096);
    ASSERT_TRUE(text) << text.error();
    for (std::size_t size = 0; size < text->size(); ++size) {
        const auto reading = parse(std::string_view(*text).substr(0, size), "cut.acl");
        EXPECT_TRUE(reading.acl || !reading.diagnostics.empty()) << size;
        EXPECT_TRUE(!reading.acl || !reading.acl->entries.empty()) << size;
    }
}

TEST(Acl, TheCaretStandsUnderTheWordBehindTabsAndAccents) {
    const Diagnostic diagnostic{Diagnostic::Severity::error, "f", 3, 5, 3, "it is wrong", "\té\tabc"};
    EXPECT_EQ(diagnostic.render(), "f:3:5: error: it is wrong\n\té\tabc\n\t \t ^~~");
}

TEST(Acl, ADiagnosticNeverSendsControlsToATerminal) {
    const Diagnostic diagnostic{Diagnostic::Severity::warning, "f", 1, 2, 1, "odd", "a\x1B[2J\xC2\x9Bz"};
    EXPECT_EQ(diagnostic.render(), "f:1:2: warning: odd\na?[2J?z\n ^");
}

TEST(Acl, WritesTheThreeFields) {
    EXPECT_EQ(to_zos_text(read_sample()),
              "dcesec4.krb390.ibm.com:754               Primary\n"
              "dcesec7.krb390.ibm.com:754               Update\n"
              "dcecpt.mitkrb.ibm.com:754                Replace des-cbc-crc\n");
}

TEST(Acl, WritesMitsPrincipals) {
    EXPECT_EQ(to_mit_text(read_sample(), "KRB390.IBM.COM"),
              "host/dcesec4.krb390.ibm.com@KRB390.IBM.COM\n"
              "host/dcesec7.krb390.ibm.com@KRB390.IBM.COM\n"
              "host/dcecpt.mitkrb.ibm.com@KRB390.IBM.COM\n");
}

TEST(Acl, WhatIsWrittenOfTheLongestLinesIsReadAgain) {
    const std::string label(63, 'a');
    const std::string start = label + "." + label + "." + label + ".";
    for (std::size_t size = 30; size <= 63; ++size) {
        const auto reading = parse(start + std::string(size, 'b') + " Update aes128-cts\nkdc Primary", "long.acl");
        if (!reading.acl) continue;
        EXPECT_EQ(read(to_zos_text(*reading.acl)), *reading.acl) << size;
    }
}

std::vector<std::string> losses(std::string_view text) {
    std::vector<std::string> lines;
    for (const Loss& loss : lost_in_mit_text(read(text), text))
        lines.push_back(std::to_string(loss.line) + ": " + loss.text);
    return lines;
}

TEST(Acl, WhatMitCannotSayIsListedLineByLine) {
    EXPECT_THAT(losses("; one\r\n\nkdc1 primary\n;\nkdc2:88 Compat RC4-hmac\n  kdc3 Manual des3-cbc-sha1"),
                testing::ElementsAre("1: comment", "3: role Primary", "4: comment",
                                     "5: role Compat, port 88, encryption type RC4-hmac",
                                     "6: role Manual, encryption type des3-cbc-sha1"));
}

TEST(Acl, ADiagnosticAboutAHostStandsUnderItsName) {
    const std::string_view text = "; é\r\n\t KDC1.example.com:88 Primary\r\n";
    const Acl acl = read(text);
    EXPECT_EQ(about_host(acl.entries[0], Diagnostic::Severity::warning, "it is far", text, "f").render(),
              "f:2:3: warning: it is far\n\t KDC1.example.com:88 Primary\n\t ^~~~~~~~~~~~~~~~");
}

TEST(Acl, TheOwnEntryMayBeAnythingButThePrimary) {
    const std::string_view text = "kdc1.example.com Primary\nkdc2.example.com Manual\n";
    const Acl acl = read(text);
    const auto own = check_own_entry(acl, "KDC1.EXAMPLE.COM", text, "f");
    ASSERT_TRUE(own);
    EXPECT_EQ(own->severity, Diagnostic::Severity::warning);
    EXPECT_EQ(own->line, 1U);
    EXPECT_FALSE(check_own_entry(acl, "kdc2.example.com", text, "f"));
    EXPECT_FALSE(check_own_entry(acl, "kdc3.example.com", text, "f"));
    EXPECT_FALSE(check_own_entry(acl, "", text, "f"));
}

}  // namespace
}  // namespace kpropgw::acl
