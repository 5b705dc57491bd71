#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sysexits.h>

#include <nlohmann/json.hpp>

#include "base/file.hpp"
#include "tests/cli/program.hpp"

using ::testing::EndsWith;
using ::testing::HasSubstr;

namespace kpropgw::cli {
namespace {

class AclConvert : public Program {
protected:
    static std::string read(const std::string& path) {
        const auto bytes = read_file(path, 1 << 20);
        EXPECT_TRUE(bytes) << bytes.error();
        return bytes ? *bytes : "";
    }
};

const std::string sample = KPROPGW_SOURCE_DIR "/samples/kpropd.acl";
const std::string sample_in_1047 = KPROPGW_SOURCE_DIR "/samples/kpropd.acl.ibm-1047";

TEST_F(AclConvert, TheSampleFrom1047AndBackIsTheSameBytes) {
    const std::string utf8 = directory_ + "/utf8";
    const auto out = run({"acl", "convert", sample_in_1047, "--to", "zos", "-o", utf8});
    EXPECT_EQ(out.status, EX_OK) << out.errors;
    EXPECT_EQ(out.errors, "");
    EXPECT_EQ(read(utf8), read(sample));
    const auto back = run({"acl", "convert", utf8, "--to", "zos", "--to-codepage", "En_US.IBM-1047"});
    EXPECT_EQ(back.status, EX_OK) << back.errors;
    EXPECT_EQ(back.output, read(sample_in_1047));
}

TEST_F(AclConvert, ZosKeepsEveryLineInEveryPage) {
    const std::string text = "; Straße @ #1\n\n  kdc1.example.com:88\tPRIMARY\n;\nKDC2 update AES256-cts\n   \n; end\n";
    const std::string file = write("kpropd.acl", text);
    for (const std::string page : {"273", "1141", "297", "ISO-8859-1", "UTF-8", "1047"}) {
        const std::string there = directory_ + "/there";
        EXPECT_EQ(run({"acl", "convert", file, "--to", "zos", "--to-codepage", page, "-o", there}).status, EX_OK)
            << page;
        EXPECT_EQ(run({"acl", "convert", there, "--to", "zos", "--codepage", page}).output, text) << page;
    }
    EXPECT_EQ(run({"acl", "convert", write("crlf", "kdc1 Primary\r\n;\r\nkdc2 Update"), "--to", "zos"}).output,
              "kdc1 Primary\n;\nkdc2 Update\n");
}

TEST_F(AclConvert, MitHasOneFieldAndWhatIsLostIsSaidLineByLine) {
    const auto finished = run({"acl", "convert", sample, "--to", "mit", "--realm", "KRB390.IBM.COM"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_EQ(finished.output,
              "host/dcesec4.krb390.ibm.com@KRB390.IBM.COM\n"
              "host/dcesec7.krb390.ibm.com@KRB390.IBM.COM\n"
              "host/dcecpt.mitkrb.ibm.com@KRB390.IBM.COM\n");
    EXPECT_EQ(finished.errors, sample + ":1: lost: comment\n" + sample + ":2: lost: comment\n" + sample +
                                   ":3: lost: comment\n" + sample + ":4: lost: comment\n" + sample +
                                   ":5: lost: role Primary, port 754\n" + sample + ":6: lost: role Update, port 754\n" +
                                   sample + ":7: lost: role Replace, port 754, encryption type des-cbc-crc\n");
}

TEST_F(AclConvert, JsonIsForPrograms) {
    const auto finished = run({"acl", "convert", sample, "--to", "json"});
    EXPECT_EQ(finished.status, EX_OK);
    const auto expected = nlohmann::json::parse(R"({"servers": [
        {"line": 5, "host": "dcesec4.krb390.ibm.com", "port": 754, "role": "Primary", "enctype": null},
        {"line": 6, "host": "dcesec7.krb390.ibm.com", "port": 754, "role": "Update", "enctype": null},
        {"line": 7, "host": "dcecpt.mitkrb.ibm.com", "port": 754, "role": "Replace",
         "enctype": {"name": "des-cbc-crc", "number": 1}}]})");
    EXPECT_EQ(nlohmann::json::parse(finished.output), expected);
    EXPECT_TRUE(nlohmann::json::parse(run({"acl", "convert", write("one", "kdc1 Primary"), "--to", "json"}).output)
                    .at("servers")[0]
                    .at("port")
                    .is_null());
}

TEST_F(AclConvert, AFileWithErrorsWritesNothing) {
    const std::string out = write("out", "what stood there");
    const auto finished = run({"acl", "convert", write("bad", "kdc1 Primray\n"), "--to", "zos", "-o", out});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.errors, HasSubstr("bad:1:6: error: role \"Primray\""));
    EXPECT_THAT(finished.errors, EndsWith("bad: 1 error; nothing is written\n"));
    EXPECT_EQ(read(out), "what stood there");
}

TEST_F(AclConvert, ACharacterThatThePageHasNotIsNamedWithItsLine) {
    const std::string file = write("kpropd.acl", "kdc1 Primary\n; Straße\n");
    const std::string out = directory_ + "/none";
    const auto finished = run({"acl", "convert", file, "--to", "zos", "--to-codepage", "IBM-1025", "-o", out});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_EQ(finished.errors, "kpropgw: " + file + ":2: byte 6: U+00DF is not in IBM-1025\n");
    EXPECT_FALSE(std::filesystem::exists(out));
}

TEST_F(AclConvert, TheOutputCanBeReadByEveryKdc) {
    const std::string out = directory_ + "/out";
    EXPECT_EQ(run({"acl", "convert", sample, "--to", "zos", "-o", out}).status, EX_OK);
    struct stat found {};
    ASSERT_EQ(::stat(out.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0644U);
    EXPECT_EQ(run({"acl", "convert", sample, "--to", "zos", "-o", directory_ + "/no/such/folder"}).status, EX_NOINPUT);
}

TEST_F(AclConvert, WhatMakesNoSenseTogetherIsWrongUsage) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"--to", "mit"}, "--realm with --to mit is required"},
        {{"--to", "zos", "--realm", "R"}, "--realm: only --to mit has a realm"},
        {{"--to", "mit", "--realm", "A REALM"}, "--realm: \"A REALM\" is no realm's name"},
        {{"--to", "mit", "--realm", ""}, "--realm: \"\" is no realm's name"},
        {{"--to", "json", "--to-codepage", "1047"}, "--to-codepage: JSON is in UTF-8 always (RFC 8259); leave it out"},
        {{"--to", "zos", "--to-codepage", "IBM-10477"}, "did you mean \"IBM-1047\"?"},
        {{"--to", "aix"}, "--to: aix not in {"},
        {{}, "--to is required"},
    };
    for (const auto& [options, text] : cases) {
        std::vector<std::string> arguments{"acl", "convert", sample};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const auto finished = run(arguments);
        EXPECT_EQ(finished.status, EX_USAGE) << text;
        EXPECT_THAT(finished.errors, HasSubstr("kpropgw: "));
        EXPECT_THAT(finished.errors, HasSubstr(text));
    }
}

}  // namespace
}  // namespace kpropgw::cli
