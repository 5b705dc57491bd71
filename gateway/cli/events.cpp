#include "gateway/control/events.hpp"

#include <fmt/format.h>
#include <sysexits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"
#include "gateway/events/line.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::array<std::string_view, 5> levels = {"debug", "info", "warning", "error", "critical"};
constexpr std::chrono::seconds until_it_runs_again{1};

struct EventsArguments {
    std::string config;
    std::uint64_t since = 0;
    std::string level = "debug";
    bool follow = false;
    bool json = false;
};

std::ptrdiff_t rank(std::string_view level) {
    return std::find(levels.begin(), levels.end(), level) - levels.begin();
}

/// As the log has it, with the number before it.
std::string line(const control::ReportedEvent& event) {
    return fmt::format("{:>6}  {}  {:<8}  {}", event.number, to_text(event.time), event.level,
                       events::to_line(event.id, event.fields));
}

void print(const control::EventsPage& page, const EventsArguments& arguments) {
    for (const control::ReportedEvent& event : page.events) {
        if (rank(event.level) < rank(arguments.level)) continue;
        fmt::print("{}\n", arguments.json ? control::to_json(event) : line(event));
    }
    std::fflush(stdout);
}

/// Ctrl-C is how one stops to follow, so it is no failure.
void end_well(int) {
    ::_exit(EX_OK);
}

/// Where to go on. What was missed is said.
std::uint64_t next_after(const control::EventsPage& page, std::uint64_t after, Time& started) {
    const bool is_another = started != Time() && page.started != started;
    started = page.started;
    if (is_another || page.last < after) {
        fmt::print(stderr, "kpropgw: the gateway was started at {}; its events begin at 1 again\n", to_text(started));
        return 0;
    }
    if (page.events.empty()) return after;
    if (after > 0 && page.events.front().number > after + 1) {
        fmt::print(stderr, "kpropgw: events {} to {} are no longer kept\n", after + 1, page.events.front().number - 1);
    }
    return page.events.back().number;
}

/// Ends with a failure only, and with none that passes once it has been answered.
Error follow(const std::string& socket, const EventsArguments& arguments) {
    std::uint64_t after = arguments.since;
    Time started{};
    bool is_away = false;
    for (;;) {
        const auto page =
            control::fetch_events(socket, {after, control::largest_events_page, control::longest_events_wait});
        if (!page && (started == Time() || page.error().code() != Errc::unavailable)) return page.error();
        if (!page) {
            if (!is_away) fmt::print(stderr, "kpropgw: {}; waiting for it\n", page.error().text());
            is_away = true;
            std::this_thread::sleep_for(until_it_runs_again);
            continue;
        }
        is_away = false;
        const bool is_same = started == Time() || page->started == started;
        after = next_after(*page, after, started);
        // What another gateway answered was asked for by the numbers of the one before.
        if (is_same) print(*page, arguments);
    }
}

int show(const EventsArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    if (arguments.follow) {
        std::signal(SIGINT, end_well);
        return fail(follow(config->control_socket, arguments));
    }
    const auto page =
        control::fetch_events(config->control_socket, {arguments.since, control::largest_events_page, {}});
    if (!page) return fail(page.error());
    Time started{};
    (void)next_after(*page, arguments.since, started);
    print(*page, arguments);
    return EX_OK;
}

}  // namespace

Action set_up_events(CLI::App& app) {
    auto arguments = std::make_shared<EventsArguments>();
    app.add_flag("--follow", arguments->follow, "go on with those to come, until Ctrl-C");
    app.add_option("--since", arguments->since, "only those after this number")->type_name("NUMBER");
    app.add_option("--level", arguments->level, "only those of this level and above")
        ->type_name("LEVEL")
        ->capture_default_str()
        ->check(CLI::IsMember(std::vector<std::string>(levels.begin(), levels.end())));
    app.add_flag("--json", arguments->json, "a JSON object a line; the names of its fields do not change");
    add_config_option(app, arguments->config);
    return [arguments] { return show(*arguments); };
}

}  // namespace kpropgw::cli
