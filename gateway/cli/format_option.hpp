#pragma once
#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "formats/dump/format.hpp"

namespace kpropgw::cli {

/// Adds `--to FORMAT`; `when_absent` says which it is without.
void add_format_option(CLI::App& app, const std::string& when_absent, std::optional<formats::Format>& into);

}  // namespace kpropgw::cli
