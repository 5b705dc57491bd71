#include <gmock/gmock.h>
#include <sysexits.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/cli/program.hpp"

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace kpropgw::cli {
namespace {

class CodepageList : public Program {};

TEST_F(CodepageList, ShowsWhatEachPageIsGoodForInColumns) {
    const auto finished = run({"codepage", "list"});
    EXPECT_EQ(finished.status, EX_OK);
    EXPECT_EQ(finished.errors, "");
    std::istringstream lines(finished.output);
    std::string header;
    std::getline(lines, header);
    EXPECT_THAT(header, StartsWith("NAME "));
    const std::size_t last = header.find("FOR");
    for (std::string line; std::getline(lines, line);) {
        if (line.size() > last) {
            EXPECT_EQ(line[last - 1], ' ') << line;
            EXPECT_NE(line[last], ' ') << line;
        }
        EXPECT_NE(line.back(), ' ') << line;
    }
    EXPECT_THAT(finished.output, ContainsRegex("\nIBM-273 +273 +EBCDIC, single +b5 +IBM-1141 +Germany, Austria\n"));
    EXPECT_THAT(finished.output,
                ContainsRegex("\nIBM-930 +930 +EBCDIC, shifting +7c +IBM-1390 +Japan, katakana and kanji; a-z lie "
                              "elsewhere\n"));
    EXPECT_THAT(finished.output, ContainsRegex("\nISO-8859-15 +[0-9]+ +ASCII, single +40 +yes +Western Europe\n"));
}

TEST_F(CodepageList, IsJsonForPrograms) {
    const auto pages = nlohmann::json::parse(run({"codepage", "list", "--json"}).output);
    EXPECT_EQ(pages.at(0).at("name"), "UTF-8");
    const auto german =
        *std::find_if(pages.begin(), pages.end(), [](const auto& page) { return page.at("ccsid") == 273; });
    const auto expected =
        nlohmann::json::parse(R"({"name": "IBM-273", "ccsid": 273, "family": "EBCDIC", "width": "single",
        "small_letters": "usual", "at_sign": "b5", "euro": false, "euro_twin": "IBM-1141", "use": "Germany, Austria"})");
    EXPECT_EQ(german, expected);
}

TEST_F(CodepageList, AReaderThatGoesAwayIsNoFaultOfOurs) {
    EXPECT_THAT(shell("$kpropgw codepage list | true").errors, Not(HasSubstr("should not have happened")));
}

}  // namespace
}  // namespace kpropgw::cli
