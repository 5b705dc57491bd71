#include "gateway/cli/command_line.hpp"

#include <array>
#include <map>

#include "gateway/cli/completion.hpp"
#include "gateway/cli/manual.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::array hidden_table{
    Command{"manual", "print a manual page in roff", set_up_manual},
    Command{"completion", "print a shell's completion of commands", set_up_completion},
};

}  // namespace

std::span<const Command> hidden_commands() {
    return hidden_table;
}

void build_command_line(CLI::App& app, std::optional<Chosen>& chosen) {
    app.description("Kerberos database propagation gateway");
    app.name("kpropgw");
    app.set_version_flag("--version", std::string("kpropgw ") + KPROPGW_VERSION, "print the version");
    app.require_subcommand(1);
    std::map<std::string, CLI::App*, std::less<>> groups{{"", &app}};
    for (const Command& command : commands()) {
        const std::string name(command.name);
        const std::size_t blank = name.find(' ');
        CLI::App* parent = groups.at(blank == std::string::npos ? "" : name.substr(0, blank));
        CLI::App* sub = parent->add_subcommand(name.substr(blank + 1), std::string(command.text));
        if (command.set_up == nullptr) {
            sub->require_subcommand(1);
            groups[name] = sub;
            continue;
        }
        sub->callback([name, action = command.set_up(*sub), &chosen] { chosen = {name, action}; });
    }
    for (const Command& command : hidden_commands()) {
        const std::string name(command.name);
        CLI::App* sub = app.add_subcommand(name, std::string(command.text))->group("");
        sub->callback([name, action = command.set_up(*sub), &chosen] { chosen = {name, action}; });
    }
}

}  // namespace kpropgw::cli
