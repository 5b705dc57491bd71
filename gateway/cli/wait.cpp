#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <chrono>
#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/config/values.hpp"
#include "gateway/control/client.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct WaitArguments {
    std::string config;
    std::optional<std::uint64_t> serial;
    std::vector<std::string> hosts;
    std::string timeout;
};

void say_what_is_lacking(const control::WaitAnswer& answer) {
    if (answer.registry < answer.serial) {
        fmt::print(stderr, "kpropgw: the registry is at serial {}, {} was waited for\n", answer.registry,
                   answer.serial);
    }
    for (const control::Lacking& host : answer.lacking) {
        fmt::print(stderr, "kpropgw: {} has {} of {}: {}{}{}\n", control::printable(host.host), host.level,
                   answer.serial, host.state, host.error.empty() ? "" : ", ", control::printable(host.error));
    }
}

int wait(const WaitArguments& arguments) {
    // Some ten years: for ever.
    std::chrono::seconds longest{std::chrono::hours(24 * 3650)};
    if (!arguments.timeout.empty()) {
        const auto given = config::parse_duration(arguments.timeout);
        if (!given) throw CLI::ValidationError("--timeout", given.error().text());
        longest = *given;
    }
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto deadline = Clock::now() + longest;
    control::WaitOrder order{arguments.serial, arguments.hosts, {}};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
        order.timeout = std::clamp(left, std::chrono::milliseconds(0), control::longest_wait);
        const auto answer = control::order_wait(config->control_socket, order);
        if (!answer) return fail(answer.error());
        if (answer->reached()) return EX_OK;
        if (Clock::now() >= deadline) {
            say_what_is_lacking(*answer);
            return EX_TEMPFAIL;
        }
        // The newest at the beginning is what is waited for, whatever comes meanwhile.
        order.serial = answer->serial;
    }
}

}  // namespace

Action set_up_wait(CLI::App& app) {
    auto arguments = std::make_shared<WaitArguments>();
    app.add_option("--serial", arguments->serial, "the serial to reach; the newest one now when it is not given")
        ->type_name("SERIAL");
    app.add_option("--host", arguments->hosts, "the secondaries that must have it; all but Manual ones when not given")
        ->type_name("HOST");
    app.add_option("--timeout", arguments->timeout, "the longest wait: 90, 5m, 1h; then the exit status is 75")
        ->type_name("TIME");
    add_config_option(app, arguments->config);
    return [arguments] { return wait(*arguments); };
}

}  // namespace kpropgw::cli
