#include <gtest/gtest.h>

#include "gateway/control/status.hpp"

namespace kpropgw::control {
namespace {

/// A table of one secondary, from its line on.
std::string line_of(const std::string& state, bool coloured) {
    Status status;
    SecondaryStatus& secondary = status.secondaries.emplace_back();
    secondary.host = "kdc1";
    secondary.role = "Replace";
    secondary.state = state;
    if (state == "failing") secondary.last_error = "connection refused";
    const std::string table = to_table(status, {coloured, 0});
    return table.substr(table.find("NEXT TRY\n") + 9);
}

TEST(ControlStatusColours, AreOfTheLineAndWhatStandsBelowIt) {
    EXPECT_EQ(line_of("failing", true),
              "\x1b[31mkdc1  Replace  failing  -     0      0       0         -         never    -\x1b[0m\n"
              "\x1b[31m    connection refused\x1b[0m\n");
}

TEST(ControlStatusColours, TellTheStatesApartAndLeaveTheHealthyPlain) {
    for (const auto& [state, colour] : std::vector<std::pair<std::string, std::string>>{
             {"failing", "31"}, {"unheard-of", "31"}, {"needs-full", "33"}, {"behind", "33"}, {"held", "36"}}) {
        EXPECT_EQ(line_of(state, true).rfind("\x1b[" + colour + "mkdc1", 0), 0u) << state;
    }
    EXPECT_EQ(line_of("healthy", true), line_of("healthy", false));
    EXPECT_EQ(line_of("failing", false).find('\x1b'), std::string::npos);
}

TEST(ControlStatusColours, TheSourceAndTheFileThatFailHaveThem) {
    Status status;
    status.source.name = "ulog:/var/log/ulog";
    status.source.last_error = "no such file";
    status.acl_problem = "kpropd.acl:1:1: wrong";
    const std::string table = to_table(status, {true, 0});
    EXPECT_NE(table.find("\x1b[31msource   ulog:"), std::string::npos);
    EXPECT_NE(table.find("\x1b[31m    no such file\x1b[0m\n"), std::string::npos);
    EXPECT_NE(table.find("\x1b[33m    kpropd.acl:1:1: wrong\x1b[0m\n"), std::string::npos);
}

}  // namespace
}  // namespace kpropgw::control
