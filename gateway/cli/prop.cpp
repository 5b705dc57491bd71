#include "gateway/control/prop.hpp"

#include <sysexits.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>
#include <string_view>
#include <thread>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/prop_display.hpp"
#include "gateway/control/client.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::chrono::milliseconds between_looks{200};

struct PropArguments {
    std::string config;
    control::PropOrder order;
    bool wait = false;
};

/// Only what may be called in a signal's handler.
extern "C" void say_that_the_gateway_goes_on(int number) {
    constexpr std::string_view text =
        "\nkpropgw: interrupted; the gateway goes on with what was ordered, \"kpropgw status\" tells how far it is\n";
    const auto written = ::write(STDERR_FILENO, text.data(), text.size());
    static_cast<void>(written);
    std::signal(number, SIG_DFL);
    std::raise(number);
}

void handle(int number) {
    // A shell has what it runs in the background ignore interrupts.
    if (std::signal(number, say_that_the_gateway_goes_on) == SIG_IGN) std::signal(number, SIG_IGN);
}

bool is_open(const control::PropReport& report) {
    return std::any_of(report.answers.begin(), report.answers.end(),
                       [](const control::PropAnswer& answer) { return answer.is_open(); });
}

/// Shows how it goes until each host has it or has failed. The last report; absent when the gateway cannot be asked.
Result<control::PropReport> follow(const std::string& socket, control::PropReport report, PropDisplay& display) {
    handle(SIGINT);
    handle(SIGTERM);
    for (;;) {
        display.show(report);
        if (!is_open(report)) return report;
        std::this_thread::sleep_for(between_looks);
        auto now = control::fetch_prop_report(socket, report.order);
        if (!now) return now;
        report = std::move(*now);
    }
}

/// 75 where whoever lacks it gets it without another order.
int status_of(const control::PropReport& report) {
    int status = EX_OK;
    for (const control::PropAnswer& answer : report.answers) {
        if (answer.has_it() || answer.is_open()) continue;
        if (!answer.tried_again) return EX_UNAVAILABLE;
        status = EX_TEMPFAIL;
    }
    return status;
}

int prop(const PropArguments& arguments) {
    const control::PropOrder& order = arguments.order;
    const int ways = (order.hosts.empty() ? 0 : 1) + (order.all ? 1 : 0) + (order.role.empty() ? 0 : 1);
    if (ways != 1) throw CLI::RequiredError("one of HOST..., --all and --role");
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    const auto given = control::order_prop(config->control_socket, order);
    if (!given) return fail(given.error());
    PropDisplay display;
    if (!arguments.wait) {
        display.show_all(*given);
        return status_of(*given);
    }
    const auto ended = follow(config->control_socket, *given, display);
    if (ended) return status_of(*ended);
    static_cast<void>(fail(ended.error()));
    return EX_UNAVAILABLE;
}

}  // namespace

Action set_up_prop(CLI::App& app) {
    auto arguments = std::make_shared<PropArguments>();
    app.add_option("HOST", arguments->order.hosts, "secondaries to propagate to, whatever their role");
    app.add_flag("--all", arguments->order.all, "every secondary");
    app.add_option("--role", arguments->order.role, "every secondary of that role, in any case")
        ->type_name("ROLE")
        ->check(CLI::IsMember({"Replace", "Compat", "Update", "Manual"}, CLI::ignore_case));
    app.add_flag("--full", arguments->order.full,
                 "send the whole registry, even to a secondary that has the newest serial");
    app.add_flag("--wait", arguments->wait,
                 "until each has it (0) or has failed: 75 where the gateway tries again by itself, else 69");
    add_config_option(app, arguments->config);
    return [arguments] { return prop(*arguments); };
}

}  // namespace kpropgw::cli
