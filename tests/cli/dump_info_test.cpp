#include <gmock/gmock.h>
#include <sysexits.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace kpropgw::cli {
namespace {

const std::string golden = KPROPGW_SOURCE_DIR "/tests/golden/dumps/";

class DumpInfo : public Program {};

TEST_F(DumpInfo, CountsWhatADumpHolds) {
    const auto finished = run({"dump", "info", golden + "policies.v7"});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_THAT(finished.output, StartsWith(golden + "policies.v7\n"));
    for (const std::string line : {
             "version +kdb5_util load_dump version 7\n",
             "realm +\"EXAMPLE.COM\": principals 10\n",
             "principals +10, of them aliases 0\n",
             "policies +5\n",
             "master key +kvno 1, aes256-cts-hmac-sha1-96, in use\n",
             "encryption type +aes128-cts-hmac-sha1-96: keys 8, principals 8\n",
             "policy +\"lockout\": principals 2\n",
             "policy +\"gone\": principals 1, not in the dump\n",
             "with a history +1\n",
             "probably made +soon after 20..-..-..T..:..:..Z\n",
             "suspicious +line 9: .*no-such-policy",
         }) {
        EXPECT_THAT(finished.output, ContainsRegex(line));
    }
}

TEST_F(DumpInfo, JsonHoldsTheSame) {
    const auto finished = run({"dump", "info", "--json", golden + "keys.v7"});
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    const auto json = nlohmann::json::parse(finished.output);
    EXPECT_EQ(json["version"], "r1_11");
    EXPECT_EQ(json["realms"]["EXAMPLE.COM"], 11);
    EXPECT_EQ(json["without_keys"], 2);
    EXPECT_EQ(json["master_keys"][0]["in_use"], true);
    EXPECT_EQ(json["suspicious"].size(), 0u);
}

TEST_F(DumpInfo, ReadsStdinAndGoesOnAfterABadRecord) {
    const auto finished = shell("(cat " + golden + "new-realm.v7; echo nonsense) | $kpropgw dump info -");
    EXPECT_EQ(finished.status, EX_OK) << finished.errors;
    EXPECT_THAT(finished.output, StartsWith("stdin\n"));
    EXPECT_THAT(finished.output, ContainsRegex("suspicious +line 6: record type \"nonsense\" is not known"));
}

TEST_F(DumpInfo, WhatIsNoDumpIsBadData) {
    const auto finished = run({"dump", "info", write("dump", "nothing\n")});
    EXPECT_EQ(finished.status, EX_DATAERR);
    EXPECT_EQ(finished.output, "");
    EXPECT_THAT(finished.errors, HasSubstr("this is no dump of kdb5_util"));
}

}  // namespace
}  // namespace kpropgw::cli
