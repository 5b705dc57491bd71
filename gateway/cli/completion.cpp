#include "gateway/cli/completion.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <memory>
#include <optional>

#include "gateway/cli/argument.hpp"
#include "gateway/cli/command_line.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::string_view bash_head = R"(# Completion of kpropgw for bash; names of files where nothing else is known.
_kpropgw() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command= next words= options= i
    for ((i = 1; i < COMP_CWORD; i++)); do
        next="${command:+$command }${COMP_WORDS[i]}"
        case "$next" in
)";

constexpr std::string_view bash_middle = R"(                command=$next ;;
        esac
    done
    case "$command $before" in
)";

constexpr std::string_view bash_tail = R"(    esac
    [[ $word == -* ]] && words="$options --help"
    COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _kpropgw kpropgw
)";

constexpr std::string_view zsh_head = R"(#compdef kpropgw
# Completion of kpropgw for zsh; names of files where nothing else is known.
)";

/// A command of the line, or "" for the line itself.
struct Node {
    std::string name;  ///< "acl check"
    const CLI::App* app;
};

void append_nodes(std::vector<Node>& nodes, const std::string& name, const CLI::App& app) {
    nodes.push_back({name, &app});
    for (const CLI::App* sub : commands_below(app))
        append_nodes(nodes, name + (name.empty() ? "" : " ") + sub->get_name(), *sub);
}

std::vector<Node> nodes_of(const CLI::App& app) {
    std::vector<Node> nodes;
    append_nodes(nodes, "", app);
    return nodes;
}

std::string join(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

std::vector<std::string> words_below(const CLI::App& app) {
    std::vector<std::string> words;
    for (const CLI::App* sub : commands_below(app))
        words.push_back(sub->get_name());
    return words;
}

/// What may follow an option that takes a value: its choices, or else nothing, and thus names of files.
std::string bash_values(const Node& node) {
    std::string out;
    for (const Argument& argument : arguments_of(*node.app)) {
        if (argument.value.empty()) continue;
        for (const std::string& name : argument.names)
            out += fmt::format("        '{} {}') COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n", node.name,
                               name, join(argument.choices));
    }
    return out;
}

std::string bash_words(const Node& node) {
    std::vector<std::string> options;
    for (const Argument& argument : arguments_of(*node.app))
        options.insert(options.end(), argument.names.begin(), argument.names.end());
    if (node.name.empty()) options.emplace_back("--version");
    return fmt::format("        '{}') words='{}' options='{}' ;;\n", node.name, join(words_below(*node.app)),
                       join(options));
}

/// In single quotes of zsh, where brackets and colons of _arguments are told apart.
std::string zsh_quoted(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
        } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
            out += {'\\', c};
        } else {
            out += c;
        }
    }
    return out;
}

std::string zsh_argument(const Argument& argument) {
    const std::string what = argument.choices.empty() ? "_files" : "(" + join(argument.choices) + ")";
    const std::string value = argument.value.empty() ? "" : fmt::format(":{}:{}", zsh_quoted(argument.value), what);
    if (argument.names.empty()) return fmt::format("        '{}{}'\n", argument.repeats ? "*" : "", value);
    std::string out;
    for (const std::string& name : argument.names)
        out +=
            fmt::format("        '{}{}[{}]{}'\n", argument.repeats ? "*" : "", name, zsh_quoted(argument.text), value);
    return out;
}

std::string zsh_function(std::string name) {
    for (char& c : name) {
        if (c == ' ' || c == '-') c = '_';
    }
    return name.empty() ? "_kpropgw" : "_kpropgw_" + name;
}

std::string zsh_group(const Node& node) {
    std::string commands;
    std::string calls;
    for (const CLI::App* sub : commands_below(*node.app)) {
        const std::string below = node.name + (node.name.empty() ? "" : " ") + sub->get_name();
        commands += fmt::format("        '{}:{}'\n", sub->get_name(), zsh_quoted(sub->get_description()));
        calls += fmt::format("            {}) {} ;;\n", sub->get_name(), zsh_function(below));
    }
    const std::string version = node.name.empty() ? " '--version[print the version]'" : "";
    return fmt::format(
        "{}() {{\n    local curcontext=$curcontext state line\n    local -a below=(\n{}    )\n"
        "    _arguments -C '--help[print help]'{} '1: :->command' '*:: :->rest'\n    case $state in\n"
        "        command) _describe command below ;;\n        rest) case $words[1] in\n{}        esac ;;\n    "
        "esac\n}}\n",
        zsh_function(node.name), commands, version, calls);
}

std::string zsh_command(const Node& node) {
    std::string specs;
    for (const Argument& argument : arguments_of(*node.app))
        specs += zsh_argument(argument);
    return fmt::format(
        "{}() {{\n    local -a arguments=(\n        '--help[print help]'\n{}    )\n    _arguments $arguments\n}}\n",
        zsh_function(node.name), specs);
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
    std::string names;
    std::string values;
    std::string words;
    for (const Node& node : nodes_of(app)) {
        if (!node.name.empty()) names += (names.empty() ? "            '" : "' | '") + node.name;
        values += bash_values(node);
        words += bash_words(node);
    }
    std::string out(bash_head);
    out += names + "')\n";
    out += bash_middle;
    out += values + "    esac\n    case $command in\n" + words;
    out += bash_tail;
    return out;
}

std::string zsh_completion(const CLI::App& app) {
    std::string out(zsh_head);
    for (const Node& node : nodes_of(app))
        out += commands_below(*node.app).empty() ? zsh_command(node) : zsh_group(node);
    // The file is the body of a function when compsys loads it, and names it when it is read by `source`.
    return out + "if [[ $funcstack[1] == _kpropgw ]]; then _kpropgw \"$@\"; else compdef _kpropgw kpropgw; fi\n";
}

Action set_up_completion(CLI::App& app) {
    auto shell = std::make_shared<std::string>();
    app.add_option("SHELL", *shell, "the shell that is to complete")->required()->check(CLI::IsMember({"bash", "zsh"}));
    return [shell] {
        std::optional<Chosen> none;
        CLI::App all;
        build_command_line(all, none);
        fmt::print("{}", *shell == "bash" ? bash_completion(all) : zsh_completion(all));
        return EX_OK;
    };
}

}  // namespace kpropgw::cli
