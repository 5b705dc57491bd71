#include "gateway/cli/cli.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>
#include <vector>

#include "base/nearest.hpp"
#include "gateway/cli/command_line.hpp"

namespace kpropgw::cli {
namespace {

int wrong_usage(std::string_view text, const std::string& command) {
    fmt::print(stderr, "kpropgw: {}\nTry \"kpropgw {}{}--help\".\n", text, command, command.empty() ? "" : " ");
    return EX_USAGE;
}

/// The commands of the table that stand directly below `group` ("" for those of the first level).
std::vector<std::string_view> words_below(std::string_view group) {
    std::vector<std::string_view> words;
    for (const Command& command : commands()) {
        std::string_view rest = command.name;
        if (!group.empty()) {
            if (!rest.starts_with(group) || rest.size() == group.size() || rest[group.size()] != ' ') continue;
            rest.remove_prefix(group.size() + 1);
        }
        if (rest.find(' ') == std::string_view::npos) words.push_back(rest);
    }
    return words;
}

bool is_hidden(std::string_view name) {
    const auto hidden = hidden_commands();
    return std::any_of(hidden.begin(), hidden.end(), [name](const Command& command) { return command.name == name; });
}

/// A command that is not in the table, told with the nearest that is.
std::optional<int> refuse_unknown(int argc, char** argv) {
    std::string name;
    for (int i = 1; i < argc && i < 3; ++i) {
        const std::string_view word = argv[i];
        const auto known = words_below(name);
        if (known.empty() || word.starts_with('-')) return std::nullopt;
        if (name.empty() && is_hidden(word)) return std::nullopt;
        if (std::find(known.begin(), known.end(), word) == known.end()) {
            return wrong_usage(fmt::format("command \"{}{}{}\" is not known{}", name, name.empty() ? "" : " ", word,
                                           did_you_mean(word, known)),
                               name);
        }
        name += (name.empty() ? "" : " ") + std::string(word);
    }
    return std::nullopt;
}

/// The command whose arguments were being read when parsing failed.
std::string command_of(const CLI::App& app) {
    for (const CLI::App* sub : app.get_subcommands()) {
        const std::string below = command_of(*sub);
        return sub->get_name() + (below.empty() ? "" : " " + below);
    }
    return "";
}

/// CLI11's text in the manner of ours; a name in capitals stays.
std::string first_lower(std::string text) {
    if (text.size() > 1 && (text[1] < 'A' || text[1] > 'Z')) text[0] = to_lower(text.substr(0, 1))[0];
    return text;
}

int dispatch(int argc, char** argv) {
    if (const auto status = refuse_unknown(argc, argv)) return *status;
    std::optional<Chosen> chosen;
    CLI::App app;
    build_command_line(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
        return wrong_usage(first_lower(error.what()), command_of(app));
    }
    try {
        return chosen->action();
    } catch (const CLI::ParseError& error) {
        return wrong_usage(error.what(), chosen->name);
    }
}

}  // namespace

int run(int argc, char** argv) {
    // A reader that went away is an error of writing, not a sudden end.
    std::signal(SIGPIPE, SIG_IGN);
    int status = EX_SOFTWARE;
    try {
        status = dispatch(argc, argv);
    } catch (const std::exception& problem) {
        fmt::print(stderr, "kpropgw: this should not have happened: {}\n", problem.what());
    }
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return status;
    fmt::print(stderr, "kpropgw: stdout: {}\n", std::strerror(errno));
    return status == 0 ? EX_IOERR : status;
}

}  // namespace kpropgw::cli
