#include <gmock/gmock.h>
#include <sysexits.h>

#include "gateway/cli/commands.hpp"
#include "tests/cli/program.hpp"

using ::testing::HasSubstr;
using ::testing::StartsWith;

namespace kpropgw::cli {
namespace {

class Usage : public Program {};

TEST_F(Usage, WhatIsWrongIsSaidOnStderrWithStatus64) {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{}, "kpropgw: a subcommand is required\nTry \"kpropgw --help\".\n"},
        {{"statsu"}, "kpropgw: command \"statsu\" is not known; did you mean \"status\"?\nTry \"kpropgw --help\".\n"},
        {{"config", "shw"},
         "kpropgw: command \"config shw\" is not known; did you mean \"show\"?\nTry \"kpropgw config --help\".\n"},
        {{"config"}, "kpropgw: a subcommand is required\nTry \"kpropgw config --help\".\n"},
        {{"acl", "check"}, "kpropgw: FILE is required\nTry \"kpropgw acl check --help\".\n"},
        {{"status", "--jsno"},
         "kpropgw: the following argument was not expected: --jsno\nTry \"kpropgw status --help\".\n"},
        {{"status", "extra"},
         "kpropgw: the following argument was not expected: extra\nTry \"kpropgw status --help\".\n"},
        {{"prop"}, "kpropgw: one of HOST..., --all and --role is required\nTry \"kpropgw prop --help\".\n"},
        {{"prop", "kdc2", "--all"},
         "kpropgw: one of HOST..., --all and --role is required\nTry \"kpropgw prop --help\".\n"},
        {{"prop", "--role", "Manual", "--all"},
         "kpropgw: one of HOST..., --all and --role is required\nTry \"kpropgw prop --help\".\n"},
    };
    for (const auto& [arguments, text] : cases) {
        const auto finished = run(arguments);
        EXPECT_EQ(finished.status, EX_USAGE) << text;
        EXPECT_EQ(finished.output, "");
        EXPECT_EQ(finished.errors, text);
    }
}

TEST_F(Usage, HelpAndVersionAreData) {
    const auto version = run({"--version"});
    EXPECT_EQ(version.status, 0);
    EXPECT_THAT(version.output, StartsWith("kpropgw "));
    EXPECT_EQ(version.errors, "");
    const auto help = run({"--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_EQ(help.errors, "");
    for (const Command& command : commands()) {
        if (command.name.find(' ') == std::string_view::npos) {
            EXPECT_THAT(help.output, HasSubstr(std::string(command.text)));
        }
    }
}

TEST_F(Usage, EveryCommandOfTheTableExplainsItself) {
    for (const Command& command : commands()) {
        const auto help = shell("$kpropgw " + std::string(command.name) + " --help");
        EXPECT_EQ(help.status, 0) << command.name;
        EXPECT_THAT(help.output, StartsWith(std::string(command.text) + "\n"));
        EXPECT_THAT(help.output, HasSubstr("kpropgw " + std::string(command.name)));
    }
}

TEST_F(Usage, OutputThatCannotBeWrittenIsAFailure) {
    const auto full = shell("$kpropgw --version >/dev/full");
    EXPECT_EQ(full.status, EX_IOERR);
    EXPECT_EQ(full.errors, "kpropgw: stdout: No space left on device\n");
}

}  // namespace
}  // namespace kpropgw::cli
