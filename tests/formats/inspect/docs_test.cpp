// docs/dump-verify.md says of every check what the table says, and of no other.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>

#include "formats/inspect/finding.hpp"

namespace kpropgw::formats {
namespace {

TEST(VerifyDocs, HaveARowForEveryCheckWithItsSeverity) {
    std::map<std::string, std::string> rows;
    std::ifstream in(KPROPGW_SOURCE_DIR "/docs/dump-verify.md");
    const std::regex row(R"(^\| `([a-z0-9-]+)` \| (error|warning|note) \| [^|]+ \| [^|]+ \|$)");
    for (std::string line; std::getline(in, line);) {
        std::smatch match;
        if (!std::regex_match(line, match, row)) continue;
        EXPECT_TRUE(rows.emplace(match[1], match[2]).second) << match[1] << " twice";
    }
    for (const CheckInfo& info : checks()) {
        const auto found = rows.find(std::string(info.id));
        ASSERT_NE(found, rows.end()) << info.id << " has no row";
        EXPECT_EQ(found->second, to_text(info.severity)) << info.id;
        rows.erase(found);
    }
    for (const auto& [id, severity] : rows)
        ADD_FAILURE() << id << " is no check";
}

}  // namespace
}  // namespace kpropgw::formats
