#include <gmock/gmock.h>
#include <sysexits.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace kpropgw::cli {
namespace {

const std::string golden = KPROPGW_SOURCE_DIR "/tests/golden/dumps/";

class DumpVerify : public Program {};

TEST_F(DumpVerify, SaysWhenNothingIsFound) {
    const auto finished = run({"dump", "verify", golden + "new-realm.v7"});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_EQ(finished.output, golden + "new-realm.v7: 4 principals, no policies: nothing found\n");
    EXPECT_EQ(finished.errors, "");
}

TEST_F(DumpVerify, AFindingIsALineWithItsPlaceAndId) {
    const auto finished = run({"dump", "verify", golden + "policies.v7"});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.output,
                HasSubstr(golden + "policies.v7:9: warning: \"refers-to-no-policy@EXAMPLE.COM\" has "));
    EXPECT_THAT(finished.output, HasSubstr(" [no-such-policy]\n"));
    EXPECT_THAT(finished.output, EndsWith(": 10 principals, 5 policies: 1 warning\n"));
}

TEST_F(DumpVerify, ReportsABadHeaderAsAFinding) {
    const auto finished = run({"dump", "verify", write("dump", "kdb5_edit load_dump version 2.0\n")});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_THAT(finished.output, HasSubstr("/dump:1: error: a version 2 dump"));
    EXPECT_THAT(finished.output, HasSubstr("[unreadable-header]"));
    EXPECT_EQ(run({"dump", "verify", directory_ + "/none"}).status, EX_NOINPUT);
}

TEST_F(DumpVerify, ComparesWithTheDumpBefore) {
    const auto other = run({"dump", "verify", golden + "new-realm.v7", "--against", golden + "policies.v7"});
    EXPECT_EQ(other.status, EX_DATAERR);
    EXPECT_THAT(other.output, HasSubstr("[master-key-replaced]"));
    EXPECT_THAT(other.output, HasSubstr("[shrunk]"));
    const auto same =
        shell("cat " + golden + "new-realm.v7 | $kpropgw dump verify - --against " + golden + "new-realm.v6");
    EXPECT_EQ(same.status, EX_OK) << same.output;
    EXPECT_THAT(same.output, StartsWith("stdin: "));
    EXPECT_EQ(run({"dump", "verify", "-", "--against", "-"}).status, EX_USAGE);
}

TEST_F(DumpVerify, JsonHoldsTheSame) {
    const auto finished = run({"dump", "verify", "--json", golden + "policies.v7"});
    EXPECT_EQ(finished.status, EX_DATAERR);
    const auto json = nlohmann::json::parse(finished.output);
    EXPECT_EQ(json["version"], "r1_11");
    EXPECT_EQ(json["principals"], 10);
    EXPECT_EQ(json["warnings"], 1);
    EXPECT_EQ(json["findings"][0]["id"], "no-such-policy");
    EXPECT_EQ(json["findings"][0]["line"], 9);
}

TEST_F(DumpVerify, CountsWhatItDoesNotShow) {
    std::string lines;
    for (int i = 0; i < 30; ++i)
        lines += "nonsense\n";
    const std::string file = write("dump", "kdb5_util load_dump version 7\n" + lines);
    const auto finished = run({"dump", "verify", file});
    EXPECT_THAT(finished.output, HasSubstr(file + ": 10 more of malformed-record\n"));
    EXPECT_THAT(finished.output, EndsWith(": 31 errors\n"));
    EXPECT_EQ(nlohmann::json::parse(run({"dump", "verify", "--json", file}).output)["left_out"]["malformed-record"],
              10);
}

}  // namespace
}  // namespace kpropgw::cli
