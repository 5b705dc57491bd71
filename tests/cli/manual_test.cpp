// The manual pages: everything of the tables stands in them, formatters take them, their examples run.
#include <gmock/gmock.h>

#include <regex>

#include "gateway/cli/argument.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/manual.hpp"
#include "tests/cli/program.hpp"

using ::testing::HasSubstr;
using ::testing::Not;

namespace kpropgw::cli {
namespace {

class Manual : public Program {
protected:
    /// A page as a reader sees it, without the places where its lines are broken.
    std::string rendered(const std::string& section) {
        const auto page = run({"manual", section});
        EXPECT_EQ(page.status, 0) << page.errors;
        return rendered_file(write("page." + section, page.output));
    }

    static std::string rendered_file(const std::string& path) {
        const auto text = shell("mandoc -Tascii -Owidth=1000 '" + path + "'");
        EXPECT_EQ(text.status, 0) << text.errors;
        // What is bold or underlined is written, gone back over and written again.
        return std::regex_replace(text.output, std::regex(".\b"), "");
    }

    /// The lines below a heading up to the next heading of that rank.
    static std::string part(const std::string& page, const std::string& heading) {
        const std::size_t begin = page.find("\n" + heading + "\n");
        if (begin == std::string::npos) return "";
        const std::string rest = page.substr(begin + heading.size() + 2);
        std::smatch next;
        const bool ends = std::regex_search(rest, next, std::regex("\n {0,3}[^ \n]"));
        return ends ? rest.substr(0, static_cast<std::size_t>(next.position())) : rest;
    }

    /// What stands below EXAMPLES, without the margin.
    static std::string example_of(const std::string& page) {
        return std::regex_replace(part(page, "EXAMPLES"), std::regex("(^|\n) {7}"), "$1");
    }
};

TEST_F(Manual, HasEveryCommandWithEveryArgument) {
    const std::string page = rendered("8");
    for (const Command& command : commands()) {
        if (command.set_up == nullptr) continue;
        const std::string name = "kpropgw " + std::string(command.name);
        const std::string text = part(page, "   " + name);
        EXPECT_THAT(text, HasSubstr(std::string(command.text))) << name;
        CLI::App app;
        (void)command.set_up(app);
        const auto arguments = arguments_of(app);
        EXPECT_EQ(arguments.size() + 1, app.get_options().size()) << name;
        for (const Argument& argument : arguments) {
            for (const std::string& word : argument.names)
                EXPECT_THAT(text, HasSubstr(word)) << name;
            EXPECT_THAT(text, HasSubstr(argument.value)) << name;
            EXPECT_THAT(text, HasSubstr(argument.text)) << name;
            EXPECT_THAT(text, HasSubstr(argument.fallback)) << name;
        }
    }
    EXPECT_THAT(page, Not(HasSubstr("kpropgw manual")));
}

TEST_F(Manual, TellsACommandAsItIsTyped) {
    const std::string page = rendered("8");
    EXPECT_THAT(part(page, "   kpropgw acl check"),
                HasSubstr("kpropgw acl check [--codepage CP] [--host NAME] [--resolve] [--server ADDR[:PORT]] ... "
                          "[--timeout SECONDS] FILE\n"));
    EXPECT_THAT(part(page, "   kpropgw prop"),
                HasSubstr("kpropgw prop [--all] [--role ROLE] [--full] [--wait] [-c FILE] [HOST] ...\n"));
    EXPECT_THAT(part(page, "   kpropgw acl convert"), HasSubstr("kpropgw acl convert --to FORM "));
    EXPECT_THAT(part(page, "   kpropgw acl convert"), HasSubstr("one of zos, mit, json"));
}

TEST_F(Manual, HasEveryOptionWithItsDefaultAndRange) {
    const std::string page = rendered("5");
    for (const config::Option& option : config::options()) {
        const std::string text = "\n" + part(page, "THE SECTION [" + std::string(option.section) + "]");
        const std::size_t begin = text.find("\n       " + std::string(option.key) + " = ");
        ASSERT_NE(begin, std::string::npos) << option.section << " " << option.key;
        const std::string here = text.substr(begin, text.find("\n\n", begin) - begin);
        EXPECT_THAT(here, HasSubstr(std::string(option.text))) << option.key;
        const std::string fallback(option.fallback.empty() ? option.absent : option.fallback);
        EXPECT_THAT(here, HasSubstr("Default: " + fallback + ".")) << option.key;
        for (const std::string_view choice : option.choices)
            EXPECT_THAT(here, HasSubstr(std::string(choice))) << option.key;
        EXPECT_EQ(here.find(" From ") != std::string::npos, option.range.high > 0) << option.key;
    }
    EXPECT_THAT(page, HasSubstr("From 100ms to 1h."));
    EXPECT_THAT(page, HasSubstr("From 64K to 64M."));
}

TEST_F(Manual, FormattersFindNothingWrong) {
    std::vector<std::string> files{KPROPGW_SOURCE_DIR "/docs/man/kpropgw.acl.5"};
    for (const std::string section : {"8", "5"})
        files.push_back(write("page." + section, run({"manual", section}).output));
    for (const std::string& file : files) {
        for (const std::string formatter : {"mandoc -Tlint -Wwarning", "groff -man -ww -Tutf8 -z"}) {
            const auto finished = shell(formatter + " '" + file + "' 2>&1");
            EXPECT_EQ(finished.status, 0) << formatter << ": " << finished.output;
            EXPECT_EQ(finished.output, "") << formatter;
        }
    }
}

TEST_F(Manual, IsInstalledAsItIsPrintedWhereNoConfigurationIsNamed) {
    for (const auto& [file, section] : {std::pair{"kpropgw.8", "8"}, std::pair{"kpropgw.conf.5", "5"}}) {
        std::ifstream in(std::string(KPROPGW_SHARE "/") + file);
        const std::string made{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(made, shell(std::string("env -u KPROPGW_CONFIG $kpropgw manual ") + section).output);
    }
    std::ifstream in(KPROPGW_SHARE "/kpropgw.8");
    EXPECT_THAT(std::string(std::istreambuf_iterator<char>(in), {}), HasSubstr("/etc/kpropgw/kpropgw.conf"));
}

TEST_F(Manual, TheListOfMetricsIsInTheDocumentsAsItIsPrinted) {
    std::ifstream in(KPROPGW_SOURCE_DIR "/docs/metrics.md");
    const std::string written{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(written, run({"manual", "metrics"}).output) << "kpropgw manual metrics > docs/metrics.md";
}

TEST_F(Manual, TheListOfEventsIsInTheDocumentsAsItIsPrinted) {
    std::ifstream in(KPROPGW_SOURCE_DIR "/docs/events.md");
    const std::string written{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(written, run({"manual", "events"}).output) << "kpropgw manual events > docs/events.md";
}

TEST_F(Manual, ExamplesOfTheCommandsRun) {
    const std::string golden = KPROPGW_SOURCE_DIR "/tests/golden/dumps/";
    std::filesystem::copy_file(golden + "new-realm.v7", directory_ + "/yesterday");
    std::filesystem::copy_file(golden + "new-realm.v7", directory_ + "/today");
    write("kpropd.acl", "kdc1.example.com Primary\n");
    write("kpropd.ktf", "");
    write("kpropgw.conf", "[gateway]\nacl_file = kpropd.acl\nkeytab = kpropd.ktf\nstore = lmdb:s\ncontrol = r/c\n");
    for (const Example& example : examples()) {
        ASSERT_TRUE(example.line.starts_with("kpropgw "));
        const auto finished = shell("cd '" + directory_ + "' && $" + std::string(example.line));
        EXPECT_EQ(finished.status, 0) << example.line << "\n" << finished.output << finished.errors;
    }
}

TEST_F(Manual, ExamplesOfTheFilesAreTaken) {
    const std::string list = example_of(rendered_file(KPROPGW_SOURCE_DIR "/docs/man/kpropgw.acl.5"));
    const auto checked = run({"acl", "check", write("kpropd.acl", list), "--host", "gateway.example.com"});
    EXPECT_EQ(checked.status, 0) << checked.errors;
    EXPECT_THAT(checked.output, HasSubstr("4 servers, no errors"));
    const auto shown = run({"config", "show", "-c", write("kpropgw.conf", example_of(rendered("5")))});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, HasSubstr("level = warning"));
}

}  // namespace
}  // namespace kpropgw::cli
