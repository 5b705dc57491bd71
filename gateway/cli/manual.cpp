#include "gateway/cli/manual.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/command_line.hpp"

namespace kpropgw::cli {

Action set_up_manual(CLI::App& app) {
    auto section = std::make_shared<std::string>();
    app.add_option("SECTION", *section,
                   "8: the commands; 5: kpropgw.conf; metrics: docs/metrics.md; events: docs/events.md")
        ->required()
        ->check(CLI::IsMember({"8", "5", "metrics", "events"}));
    return [section] {
        if (*section == "5") {
            fmt::print("{}", manual_of_options(config::options()));
            return EX_OK;
        }
        if (*section == "metrics") {
            fmt::print("{}", manual_of_metrics());
            return EX_OK;
        }
        if (*section == "events") {
            fmt::print("{}", manual_of_events());
            return EX_OK;
        }
        std::optional<Chosen> none;
        CLI::App all;
        build_command_line(all, none);
        fmt::print("{}", manual_of_commands(all));
        return EX_OK;
    };
}

}  // namespace kpropgw::cli
