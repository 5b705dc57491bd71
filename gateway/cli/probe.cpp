#include <fmt/format.h>
#include <sysexits.h>

#include <algorithm>
#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"

namespace kpropgw::cli {
namespace {

struct ProbeArguments {
    std::string config;
    control::ProbeOrder order;
    bool json = false;
};

int probe(const ProbeArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto answers = control::order_probe(config->control_socket, arguments.order);
    if (!answers) return fail(answers.error());
    if (arguments.json) {
        fmt::print("{}\n", control::to_json(*answers));
    } else {
        for (const control::ProbeAnswer& answer : *answers)
            fmt::print("{}\n", control::to_line(answer, system_clock().now()));
    }
    const bool all_serve = std::all_of(answers->begin(), answers->end(),
                                       [](const control::ProbeAnswer& answer) { return answer.outcome == "serves"; });
    return all_serve ? EX_OK : EX_UNAVAILABLE;
}

}  // namespace

Action set_up_probe(CLI::App& app) {
    auto arguments = std::make_shared<ProbeArguments>();
    app.add_option("HOST", arguments->order.hosts, "secondaries whose KDC is asked; all when none is given");
    app.add_option("--principal", arguments->order.principal,
                   "ask for a ticket of this one; of what changed last when it is not given")
        ->type_name("NAME@REALM");
    app.add_flag("--json", arguments->json, "for programs");
    add_config_option(app, arguments->config);
    return [arguments] { return probe(*arguments); };
}

}  // namespace kpropgw::cli
