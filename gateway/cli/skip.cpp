#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"

namespace kpropgw::cli {
namespace {

struct SkipArguments {
    std::string config;
    control::SkipOrder order;
};

int skip(const SkipArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto done = control::order_skip(config->control_socket, arguments.order);
    if (!done) return fail(done.error());
    fmt::print("{}: goes on without update {}\n", arguments.order.host, arguments.order.serial);
    return EX_OK;
}

}  // namespace

Action set_up_skip(CLI::App& app) {
    auto arguments = std::make_shared<SkipArguments>();
    app.add_option("HOST", arguments->order.host, "the secondary")->required();
    app.add_option("--serial", arguments->order.serial, "the one update that it does without; status shows it")
        ->type_name("SERIAL")
        ->required();
    add_config_option(app, arguments->config);
    return [arguments] { return skip(*arguments); };
}

}  // namespace kpropgw::cli
