// The completions: bash's is asked as bash asks it, zsh's is taken by compsys.
#include <gmock/gmock.h>

#include "gateway/cli/commands.hpp"
#include "tests/cli/program.hpp"
#include "tests/cli/terminal.hpp"

using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::cli {
namespace {

class Completion : public Program {
protected:
    /// What bash offers for the last of these words, one a line.
    static std::string offered(const std::string& words) {
        const auto finished =
            testing::run({"bash", "-c",
                          "source <(" KPROPGW_BINARY " completion bash) || exit 1; COMP_WORDS=(" + words +
                              "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _kpropgw; "
                              "[ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' \"${COMPREPLY[@]}\""});
        EXPECT_EQ(finished.status, 0) << finished.errors;
        EXPECT_EQ(finished.errors, "") << words;
        return "\n" + finished.output;
    }

    static constexpr auto zsh_begins =
        "autoload -Uz compinit; compinit -D -u; source <(" KPROPGW_BINARY " completion zsh)";

    static testing::Finished zsh(const std::string& line) {
        return testing::run({"zsh", "-f", "-c", std::string(zsh_begins) + "; " + line});
    }

    /// What the line is after the keys were typed into a shell on a terminal, where it becomes that; else all shown.
    static std::string typed(const std::string& shell, const std::string& begin, const std::string& keys,
                             const std::string& line) {
        Terminal terminal(shell == "zsh" ? std::vector<std::string>{"zsh", "-f"}
                                         : std::vector<std::string>{"bash", "--norc", "--noprofile"},
                          {"PS1=> "});
        terminal.type(begin + "; echo rea''dy\n");
        terminal.shown_with("ready\r\n");
        terminal.type(keys);
        const std::string shown = terminal.shown_with(line);
        return shown.find(line) == std::string::npos ? shown : line;
    }
};

TEST_F(Completion, BashKnowsWhomToAsk) {
    const auto asked =
        testing::run({"bash", "-c", "source <(" KPROPGW_BINARY " completion bash); complete -p kpropgw"});
    EXPECT_EQ(asked.output, "complete -o default -F _kpropgw kpropgw\n") << asked.errors;
}

TEST_F(Completion, BashOffersEveryCommandOfTheTable) {
    for (const Command& command : commands()) {
        const std::string name(command.name);
        const std::size_t blank = name.rfind(' ');
        const std::string group = blank == std::string::npos ? "" : name.substr(0, blank);
        EXPECT_THAT(offered("kpropgw " + group + " ''"), HasSubstr("\n" + name.substr(blank + 1) + "\n"));
    }
    EXPECT_THAT(offered("kpropgw ''"), Not(HasSubstr("\ncompletion\n")));
    EXPECT_EQ(offered("kpropgw dump ve"), "\nverify\n");
}

TEST_F(Completion, BashOffersTheOptionsOfACommand) {
    EXPECT_EQ(offered("kpropgw display prop --"), "\n--config\n--help\n");
    EXPECT_EQ(offered("kpropgw acl convert FILE --to-"), "\n--to-codepage\n");
    EXPECT_EQ(offered("kpropgw --v"), "\n--version\n");
}

TEST_F(Completion, BashOffersChoicesAndElseLeavesItToNamesOfFiles) {
    EXPECT_EQ(offered("kpropgw acl convert --to ''"), "\nzos\nmit\njson\n");
    EXPECT_EQ(offered("kpropgw acl convert --to m"), "\nmit\n");
    EXPECT_EQ(offered("kpropgw status -c ''"), "\n");
    EXPECT_EQ(offered("kpropgw acl check ''"), "\n");
}

TEST_F(Completion, BothCompleteAsOneTypes) {
    const std::string bash = "source <(" KPROPGW_BINARY " completion bash)";
    for (const auto& [keys, line] : std::vector<std::pair<std::string, std::string>>{
             {"kpropgw dump ver\t", "kpropgw dump verify"},
             {"kpropgw status --wa\t", "kpropgw status --watch"},
             {"kpropgw acl convert --to m\t", "kpropgw acl convert --to mit"},
             {"kpropgw config check -c /etc/host.con\t", "kpropgw config check -c /etc/host.conf"}}) {
        EXPECT_EQ(typed("bash", bash, keys, line), line);
        EXPECT_EQ(typed("zsh", zsh_begins, keys, line), line);
    }
}

TEST_F(Completion, ZshTakesItWithoutAWord) {
    const auto taken = zsh("print -r -- $_comps[kpropgw]; print -l ${(ok)functions}");
    EXPECT_EQ(taken.errors, "");
    EXPECT_THAT(taken.output, HasSubstr("_kpropgw\n"));
    for (const Command& command : commands()) {
        std::string function = "_kpropgw_" + std::string(command.name);
        for (char& c : function) {
            if (c == ' ' || c == '-') c = '_';
        }
        EXPECT_THAT(taken.output, HasSubstr("\n" + function + "\n"));
    }
}

}  // namespace
}  // namespace kpropgw::cli
