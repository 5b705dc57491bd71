#include "gateway/control/status.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"

namespace kpropgw::cli {
namespace {

struct StatusArguments {
    std::string config;
    bool json = false;
};

int print_status(const std::string& config_file, std::string (*render)(const control::Status&)) {
    const auto config = read_config(config_file);
    if (!config) return EX_CONFIG;
    const auto status = control::fetch_status(config->control_socket);
    if (!status) return fail(status.error());
    fmt::print("{}", render(*status));
    return EX_OK;
}

std::string json_line(const control::Status& status) {
    return control::to_json(status) + "\n";
}

}  // namespace

Action set_up_status(CLI::App& app) {
    auto arguments = std::make_shared<StatusArguments>();
    app.add_flag("--json", arguments->json, "for programs; the names of its fields do not change");
    add_config_option(app, arguments->config);
    return [arguments] { return print_status(arguments->config, arguments->json ? json_line : control::to_table); };
}

Action set_up_display_prop(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    add_config_option(app, *path);
    return [path] { return print_status(*path, control::to_console); };
}

}  // namespace kpropgw::cli
