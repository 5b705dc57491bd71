#pragma once
#include <CLI/App.hpp>
#include <string>

#include "gateway/cli/commands.hpp"

namespace kpropgw::cli {

/// A script for bash's `complete`: the commands, options and choices of the built command line; elsewhere names of
/// files.
std::string bash_completion(const CLI::App& app);

/// The same for zsh's compsys, with what each word means.
std::string zsh_completion(const CLI::App& app);

/// `completion bash` and `completion zsh` print them.
Action set_up_completion(CLI::App& app);

}  // namespace kpropgw::cli
