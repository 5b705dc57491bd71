#include "gateway/control/freeze.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"

namespace kpropgw::cli {
namespace {

struct FreezeArguments {
    std::string config;
    control::FreezeOrder order;
};

struct ThawArguments {
    std::string config;
    control::ThawOrder order;
};

int freeze(const FreezeArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto done = control::order_freeze(config->control_socket, arguments.order);
    if (!done) return fail(done.error());
    fmt::print("{}: {}\n", arguments.order.host,
               done->sending ? "frozen once the dump under way has been sent" : "frozen");
    return EX_OK;
}

int thaw(const ThawArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto done = control::order_thaw(config->control_socket, arguments.order);
    if (!done) return fail(done.error());
    fmt::print("{}: thawed\n", arguments.order.host);
    return EX_OK;
}

}  // namespace

Action set_up_freeze(CLI::App& app) {
    auto arguments = std::make_shared<FreezeArguments>();
    app.add_option("HOST", arguments->order.host, "the secondary")->required();
    app.add_option("--reason", arguments->order.reason, "why, for whoever reads status")->type_name("TEXT")->required();
    add_config_option(app, arguments->config);
    return [arguments] { return freeze(*arguments); };
}

Action set_up_thaw(CLI::App& app) {
    auto arguments = std::make_shared<ThawArguments>();
    app.add_option("HOST", arguments->order.host, "the secondary")->required();
    add_config_option(app, arguments->config);
    return [arguments] { return thaw(*arguments); };
}

}  // namespace kpropgw::cli
