#pragma once
#include <CLI/App.hpp>
#include <functional>
#include <span>
#include <string_view>

namespace kpropgw::cli {

/// What runs when a command was chosen and its arguments are read; returns the exit status.
using Action = std::function<int()>;

/// One row of the command table, which drives dispatch and help.
struct Command {
    std::string_view name;  ///< "status", or "config check" below the group "config"
    std::string_view text;
    Action (*set_up)(CLI::App& app);  ///< adds the arguments to `app`; nullptr: a group
};

/// A group stands before its commands.
std::span<const Command> commands();

// One set_up a command, in the file of its group.
Action set_up_serve(CLI::App& app);
Action set_up_config_check(CLI::App& app);
Action set_up_config_show(CLI::App& app);
Action set_up_acl_check(CLI::App& app);
Action set_up_acl_convert(CLI::App& app);
Action set_up_codepage_list(CLI::App& app);
Action set_up_dump_info(CLI::App& app);
Action set_up_dump_convert(CLI::App& app);
Action set_up_dump_diff(CLI::App& app);
Action set_up_dump_apply(CLI::App& app);
Action set_up_dump_restore_history(CLI::App& app);
Action set_up_dump_verify(CLI::App& app);
Action set_up_prop(CLI::App& app);
Action set_up_display_prop(CLI::App& app);
Action set_up_operator(CLI::App& app);
Action set_up_status(CLI::App& app);
Action set_up_journal_show(CLI::App& app);
Action set_up_wait(CLI::App& app);
Action set_up_reload(CLI::App& app);
Action set_up_skip(CLI::App& app);
Action set_up_refresh(CLI::App& app);
Action set_up_freeze(CLI::App& app);
Action set_up_thaw(CLI::App& app);
Action set_up_probe(CLI::App& app);
Action set_up_events(CLI::App& app);
Action set_up_explain(CLI::App& app);

}  // namespace kpropgw::cli
