#pragma once
#include <CLI/App.hpp>
#include <optional>
#include <span>
#include <string>

#include "gateway/cli/commands.hpp"

namespace kpropgw::cli {

/// The command that a command line names, with its arguments read.
struct Chosen {
    std::string name;  ///< as in the command table
    Action action;
};

/// Commands for those who make packages, not in the table: they stand in no help, manual or completion.
std::span<const Command> hidden_commands();

/// Gives `app` every command of the table and the hidden ones. Parsing sets `chosen`, which must outlive `app`.
void build_command_line(CLI::App& app, std::optional<Chosen>& chosen);

}  // namespace kpropgw::cli
