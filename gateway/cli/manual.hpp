#pragma once
#include <CLI/App.hpp>
#include <span>
#include <string>
#include <string_view>

#include "gateway/cli/commands.hpp"
#include "gateway/config/options.hpp"

namespace kpropgw::cli {

/// A line of the manual's examples, which runs as it stands.
struct Example {
    std::string_view line;
    std::string_view text;
};
std::span<const Example> examples();

/// kpropgw.8 in roff with the macros of man(7): every command of the built command line, without hidden ones.
std::string manual_of_commands(const CLI::App& app);

/// kpropgw.conf.5, as manual_of_commands(): every option of the table.
std::string manual_of_options(std::span<const config::Option> options);

/// docs/events.md: every event and cause of the catalogue, and the grammar of the log.
std::string manual_of_events();

/// docs/metrics.md: every metric of the catalogue.
std::string manual_of_metrics();

/// `manual 8` and the others print them.
Action set_up_manual(CLI::App& app);

}  // namespace kpropgw::cli
