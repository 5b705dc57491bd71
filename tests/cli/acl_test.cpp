#include <gmock/gmock.h>
#include <sysexits.h>

#include "tests/cli/program.hpp"

using ::testing::EndsWith;
using ::testing::HasSubstr;

namespace kpropgw::cli {
namespace {

class AclCheck : public Program {};

constexpr const char* good = "kdc1.example.com Primary\nkdc2.example.com:754 Replace\n";
constexpr const char* bad = "kdc1.example.com Primary\nkdc2.example.com Replce\nkdc3.example.com Updaet\n";

TEST_F(AclCheck, CountsTheServersOfAGoodFile) {
    const std::string file = write("kpropd.acl", good);
    const auto finished = run({"acl", "check", file});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, file + ": 2 servers, no errors\n");
    EXPECT_EQ(finished.errors, "");
}

TEST_F(AclCheck, ShowsEveryErrorWithItsPlaceAndACaret) {
    const std::string file = write("kpropd.acl", bad);
    const auto finished = run({"acl", "check", file});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_EQ(finished.output, "");
    EXPECT_THAT(finished.errors,
                HasSubstr(file + ":2:18: error: role \"Replce\" is not known; did you mean \"Replace\"?"));
    EXPECT_THAT(finished.errors, HasSubstr("\nkdc2.example.com Replce\n                 ^"));
    EXPECT_THAT(finished.errors, HasSubstr(file + ":3:18: error: role \"Updaet\" is not known"));
    EXPECT_THAT(finished.errors, EndsWith(file + ": 2 errors\n"));
}

TEST_F(AclCheck, WarningsAloneAreNoFailure) {
    const auto finished = run({"acl", "check", KPROPGW_SOURCE_DIR "/samples/kpropd.acl"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_THAT(finished.output, EndsWith(": 3 servers, no errors, 1 warning\n"));
    EXPECT_THAT(finished.errors, HasSubstr("kpropd.acl:7:47: warning: "));
}

TEST_F(AclCheck, ReadsStdinAndPipes) {
    const std::string file = write("kpropd.acl", good);
    const auto piped = shell("cat " + file + " | $kpropgw acl check -");
    EXPECT_EQ(piped.status, EX_OK) << piped.errors;
    EXPECT_EQ(piped.output, "stdin: 2 servers, no errors\n");
    const auto wrong = shell("echo kdc1 Primray | $kpropgw acl check -");
    EXPECT_EQ(wrong.status, EX_DATAERR);
    EXPECT_THAT(wrong.errors, HasSubstr("stdin:1:"));
    const auto fifo = shell("mkfifo " + directory_ + "/p; cat " + file + " >" + directory_ +
                            "/p & $kpropgw acl check " + directory_ + "/p");
    EXPECT_EQ(fifo.status, EX_OK) << fifo.errors;
}

TEST_F(AclCheck, ReadsTheCodePageOfZos) {
    const std::string file = KPROPGW_SOURCE_DIR "/samples/kpropd.acl.ibm-1047";
    for (const std::string page : {"1047", "IBM-1047", "En_US.IBM-1047"}) {
        const auto finished = run({"acl", "check", file, "--codepage", page});
        EXPECT_EQ(finished.status, EX_OK) << page << finished.errors;
        EXPECT_THAT(finished.output, HasSubstr(": 3 servers"));
    }
    EXPECT_EQ(run({"acl", "check", file}).status, EX_OK);
}

TEST_F(AclCheck, ACodePageThatIsNotKnownIsWrongUsage) {
    const auto finished = run({"acl", "check", write("kpropd.acl", good), "--codepage", "IBM-104"});
    EXPECT_EQ(finished.status, EX_USAGE);
    EXPECT_THAT(finished.errors, HasSubstr("kpropgw: --codepage: "));
    EXPECT_THAT(finished.errors, HasSubstr("\"IBM-104\""));
}

TEST_F(AclCheck, BytesOfAnotherCodePageAreBadData) {
    const auto finished =
        run({"acl", "check", write("kpropd.acl", "kdc\xff.example.com Primary\n"), "--codepage", "UTF-8"});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.errors, HasSubstr("kpropd.acl: "));
}

TEST_F(AclCheck, AFileThatIsNotThereIsNoInput) {
    const auto finished = run({"acl", "check", directory_ + "/none"});
    EXPECT_EQ(finished.status, EX_NOINPUT);
    EXPECT_EQ(finished.errors, "kpropgw: " + directory_ + "/none: No such file or directory\n");
    EXPECT_EQ(run({"acl", "check", directory_}).status, EX_DATAERR);
}

TEST_F(AclCheck, AFileOfKatakanaIsRecognisedByItsRoles) {
    const std::string file = directory_ + "/kpropd.acl";
    EXPECT_EQ(run({"acl", "convert", KPROPGW_SOURCE_DIR "/samples/kpropd.acl", "--to", "zos", "--to-codepage", "930",
                   "-o", file})
                  .status,
              EX_OK);
    const auto finished = run({"acl", "check", file});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_THAT(finished.output, HasSubstr(": 3 servers"));
}

TEST_F(AclCheck, WhereTheCodePageIsOpenItAsks) {
    const std::string file = directory_ + "/kpropd.acl";
    const std::string text = write("utf8", "; ask kdc@example.com\nkdc1 Primary\n");
    EXPECT_EQ(run({"acl", "convert", text, "--to", "zos", "--to-codepage", "273", "-o", file}).status, EX_OK);
    const auto finished = run({"acl", "check", file});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.errors,
                HasSubstr("kpropd.acl: line 1, column 10: EBCDIC, but which page is open: this is \"§\" in "
                          "IBM-1047, "));
    EXPECT_THAT(finished.errors, HasSubstr("\"@\" in IBM-273, "));
    EXPECT_THAT(finished.errors, HasSubstr("name its code page, for example --codepage IBM-1047"));
    EXPECT_EQ(run({"acl", "check", file, "--codepage", "273"}).status, EX_OK);
}

TEST_F(AclCheck, AGatewayThatIsThePrimaryIsWarnedOf) {
    const std::string file = write("kpropd.acl", good);
    const auto finished = run({"acl", "check", file, "--host", "KDC1.example.com"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_THAT(finished.errors,
                HasSubstr("kpropd.acl:1:1: warning: \"kdc1.example.com\" is this host: a gateway here "));
    EXPECT_EQ(run({"acl", "check", file, "--host", "kdc2.example.com"}).errors, "");
    EXPECT_EQ(run({"acl", "check", file, "--host", "gw.example.com"}).errors, "");
}

}  // namespace
}  // namespace kpropgw::cli
