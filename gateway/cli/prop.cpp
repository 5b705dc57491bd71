#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <algorithm>
#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::cli {
namespace {

struct PropArguments {
    std::string config;
    std::vector<std::string> hosts;
    bool all = false;
    bool wait = false;
};

/// Whether the host has what it should have, or will be sent it where nobody waits.
bool is_good(const control::PropAnswer& answer, bool wait) {
    return answer.outcome == "sent" || answer.outcome == "up-to-date" || (answer.outcome == "queued" && !wait);
}

int prop(const PropArguments& arguments) {
    if (arguments.all == !arguments.hosts.empty()) {
        throw CLI::RequiredError("either HOST... or --all");
    }
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto answers = control::order_prop(config->control_socket, arguments.hosts, arguments.all, arguments.wait);
    if (!answers) return fail(answers.error());
    for (const control::PropAnswer& answer : *answers) {
        fmt::print("{}: {}{}{}\n", answer.host, answer.outcome, answer.text.empty() ? "" : ": ",
                   control::printable(answer.text));
    }
    const bool good = std::all_of(answers->begin(), answers->end(),
                                  [&](const control::PropAnswer& answer) { return is_good(answer, arguments.wait); });
    return good ? EX_OK : EX_UNAVAILABLE;
}

}  // namespace

Action set_up_prop(CLI::App& app) {
    auto arguments = std::make_shared<PropArguments>();
    app.add_option("HOST", arguments->hosts, "secondaries to propagate to, whatever their role");
    app.add_flag("--all", arguments->all, "every secondary");
    app.add_flag("--wait", arguments->wait, "until each has it or has failed");
    add_config_option(app, arguments->config);
    return [arguments] { return prop(*arguments); };
}

}  // namespace kpropgw::cli
