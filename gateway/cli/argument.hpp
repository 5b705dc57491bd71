#pragma once
#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace kpropgw::cli {

/// One argument of a command, as the manual and completion tell it.
struct Argument {
    std::vector<std::string> names;  ///< "-o" and "--output"; none: told by its place
    std::string value;               ///< what stands for its value, "FILE"; "" for a flag
    std::string text;
    std::string allowed;               ///< what is checked, in words; ""
    std::vector<std::string> choices;  ///< when only these are taken
    std::string fallback;              ///< ""
    bool required = false;
    bool repeats = false;
};

/// Every argument of one command in the order of its definition, without --help and --version.
std::vector<Argument> arguments_of(const CLI::App& command);

/// The commands directly below `app` in the order of the table, without hidden ones.
std::vector<const CLI::App*> commands_below(const CLI::App& app);

}  // namespace kpropgw::cli
