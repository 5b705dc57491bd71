#include "gateway/control/journal.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include "formats/quoted.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::cli {
namespace {

struct JournalArguments {
    std::string config;
    std::optional<std::uint64_t> since;
    std::optional<std::uint64_t> limit;
    bool json = false;
};

std::string line(const control::JournalChange& change) {
    std::string text = fmt::format("{:>8}  {}  {} {} {}", change.serial, to_text(change.time), change.record,
                                   formats::quoted_name(change.name), change.change);
    if (!change.words.empty()) text += ": " + control::printable(change.words);
    return text;
}

/// Where to begin: --limit alone means the newest ones.
Result<std::uint64_t> beginning(const std::string& socket, const JournalArguments& arguments) {
    const auto ends = control::fetch_journal(socket, {0, 0});
    if (!ends) return ends.error();
    if (arguments.since) {
        if (*arguments.since < ends->low) {
            fmt::print(stderr, "kpropgw: the journal begins above serial {}\n", ends->low);
        }
        return std::max(*arguments.since, ends->low);
    }
    const std::uint64_t held = ends->serial - ends->low;
    return ends->serial - std::min(held, arguments.limit.value_or(held));
}

int show(const JournalArguments& arguments) {
    const auto config = read_config(arguments.config);
    if (!config) return EX_CONFIG;
    auto since = beginning(config->control_socket, arguments);
    if (!since) return fail(since.error());
    std::uint64_t left = arguments.limit.value_or(UINT64_MAX);
    while (left > 0) {
        const auto page =
            control::fetch_journal(config->control_socket, {*since, std::min(left, control::largest_journal_page)});
        if (!page) return fail(page.error());
        if (page->changes.empty()) break;
        for (const control::JournalChange& change : page->changes)
            fmt::print("{}\n", arguments.json ? control::to_json(change) : line(change));
        left -= page->changes.size();
        since = page->changes.back().serial;
    }
    return EX_OK;
}

}  // namespace

Action set_up_journal_show(CLI::App& app) {
    auto arguments = std::make_shared<JournalArguments>();
    app.add_option("--since", arguments->since, "only changes above this serial")->type_name("SERIAL");
    app.add_option("--limit", arguments->limit, "only so many: the newest, with --since the first ones after it")
        ->type_name("COUNT");
    app.add_flag("--json", arguments->json, "a JSON object a line; the names of its fields do not change");
    add_config_option(app, arguments->config);
    return [arguments] { return show(*arguments); };
}

}  // namespace kpropgw::cli
