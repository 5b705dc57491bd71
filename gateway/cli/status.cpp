#include "gateway/control/status.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <CLI/Option.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/screen.hpp"
#include "gateway/config/values.hpp"
#include "gateway/control/client.hpp"
#include "gateway/control/status_check.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::chrono::seconds between_drawings{2};

struct StatusArguments {
    std::string config;
    bool json = false;
    bool watch = false;
    bool check = false;
    std::string max_behind;
    std::optional<std::uint64_t> max_changes;
};

int print_status(const std::string& config_file, std::string (*render)(const control::Status&)) {
    const auto config = read_config(config_file);
    if (!config) return EX_CONFIG;
    const auto status = control::fetch_status(config->control_socket);
    if (!status) return fail(status.error());
    fmt::print("{}", render(*status));
    return EX_OK;
}

/// As stdout can show it.
std::string table(const control::Status& status) {
    return control::to_table(status, {stdout_takes_colours(), terminal_size().columns});
}

std::string json_line(const control::Status& status) {
    return control::to_json(status) + "\n";
}

/// The line is on stdout whatever happens: a monitor reads nothing else.
int check(const StatusArguments& arguments) {
    control::CheckLimits limits;
    limits.max_changes = arguments.max_changes;
    const auto tell = [&](const Result<control::Status>& status) {
        const control::Check told = control::check_status(status, limits);
        fmt::print("{}\n", told.line);
        return static_cast<int>(told.level);
    };
    if (!arguments.max_behind.empty()) {
        const auto given = config::parse_duration(arguments.max_behind);
        if (!given) return tell(given.error().in("--max-behind"));
        limits.max_behind = *given;
    }
    const auto config = read_config(arguments.config);
    if (!config) return tell(Error(Errc::invalid_input, arguments.config + ": see \"kpropgw config check\""));
    return tell(control::fetch_status(config->control_socket));
}

/// Until it is interrupted. A gateway that is restarted meanwhile is waited for.
int watch(const StatusArguments& arguments) {
    if (!stdout_is_terminal()) throw CLI::ValidationError("--watch", "stdout is no terminal that could be drawn on");
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    auto status = control::fetch_status(config->control_socket);
    if (!status) return fail(status.error());
    for (;;) {
        const std::string text =
            status ? table(*status) : "kpropgw: " + control::printable(status.error().text()) + "\n";
        fmt::print("{}", to_frame(text, terminal_size().rows));
        if (std::fflush(stdout) != 0) return EX_IOERR;
        std::this_thread::sleep_for(between_drawings);
        status = control::fetch_status(config->control_socket);
    }
}

}  // namespace

Action set_up_status(CLI::App& app) {
    auto arguments = std::make_shared<StatusArguments>();
    auto* json = app.add_flag("--json", arguments->json, "for programs; the names of its fields do not change");
    auto* check_only = app.add_flag("--check", arguments->check, "one line for a monitor, which reads the exit status");
    check_only->excludes(json);
    app.add_flag("--watch", arguments->watch, "draw it anew each 2 s, until it is interrupted")
        ->excludes(json)
        ->excludes(check_only);
    app.add_option("--max-behind", arguments->max_behind, "how long a secondary may lack a change: 90, 5m, 1h [5m]")
        ->type_name("TIME")
        ->needs(check_only);
    app.add_option("--max-changes", arguments->max_changes, "how many changes a secondary may lack")
        ->type_name("COUNT")
        ->needs(check_only);
    add_config_option(app, arguments->config);
    return [arguments] {
        if (arguments->check) return check(*arguments);
        if (arguments->watch) return watch(*arguments);
        return print_status(arguments->config, arguments->json ? json_line : table);
    };
}

Action set_up_display_prop(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    add_config_option(app, *path);
    return [path] { return print_status(*path, control::to_console); };
}

}  // namespace kpropgw::cli
