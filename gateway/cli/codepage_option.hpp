#pragma once
#include <CLI/App.hpp>
#include <optional>
#include <string>

namespace kpropgw::cli {

/// Adds `--codepage CP`, the page of the files that a command reads.
void add_codepage_option(CLI::App& app, std::optional<std::string>& into);

/// Adds `--to-codepage CP`, the page of what it writes.
void add_to_codepage_option(CLI::App& app, std::optional<std::string>& into);

}  // namespace kpropgw::cli
