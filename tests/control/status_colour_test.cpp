#include <gtest/gtest.h>

#include "gateway/control/status.hpp"

namespace kpropgw::control {
namespace {

/// A table of one secondary, from its line on.
std::string line_of(const std::string& state, std::string (*render)(const Status&)) {
    Status status;
    SecondaryStatus& secondary = status.secondaries.emplace_back();
    secondary.host = "kdc1";
    secondary.role = "Replace";
    secondary.state = state;
    if (state == "failing") secondary.last_error = "connection refused";
    const std::string table = render(status);
    return table.substr(table.find("NEXT TRY\n") + 9);
}

TEST(ControlStatusColours, AreOfTheLineAndWhatStandsBelowIt) {
    EXPECT_EQ(line_of("failing", to_coloured_table),
              "\x1b[31mkdc1  Replace  -     0      0       failing  never         -\x1b[0m\n"
              "\x1b[31m    connection refused\x1b[0m\n");
}

TEST(ControlStatusColours, TellTheStatesApartAndLeaveTheHealthyPlain) {
    for (const auto& [state, colour] : std::vector<std::pair<std::string, std::string>>{
             {"failing", "31"}, {"unheard-of", "31"}, {"needs-full", "33"}, {"behind", "33"}, {"held", "36"}}) {
        EXPECT_EQ(line_of(state, to_coloured_table).rfind("\x1b[" + colour + "mkdc1", 0), 0u) << state;
    }
    EXPECT_EQ(line_of("healthy", to_coloured_table), line_of("healthy", to_table));
    EXPECT_EQ(line_of("failing", to_table).find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace kpropgw::control
