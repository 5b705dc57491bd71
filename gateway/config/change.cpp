#include "gateway/config/change.hpp"

#include <fmt/format.h>

#include <set>

#include "gateway/config/options.hpp"

namespace kpropgw::config {
namespace {

std::string value_of(const Option& option, const Config& config, const Secondary* secondary = nullptr) {
    return written(option, config, secondary).value_or(std::string(option.absent));
}

void compare(const Option& option, const std::string& before, const std::string& after, const std::string& host,
             std::vector<Change>& changes) {
    if (before == after) return;
    changes.push_back({fmt::format("[{}] {}{}", option.section, host.empty() ? "" : host + " ", option.key), before,
                       after, option.live});
}

/// The options of one host, which either configuration may not name.
void compare_secondary(const std::string& host, const Config& in_force, const Config& wanted,
                       std::vector<Change>& changes) {
    static const Secondary nothing_set;
    const auto set_in = [&](const Config& config) {
        const auto found = config.secondaries.find(host);
        return found == config.secondaries.end() ? &nothing_set : &found->second;
    };
    for (const Option& option : options()) {
        if (option.section != "secondary") continue;
        compare(option, value_of(option, in_force, set_in(in_force)), value_of(option, wanted, set_in(wanted)), host,
                changes);
    }
}

/// One overload for options of the file; those of [secondary] go with their map.
struct Take {
    const Config& from;
    Config& into;

    template <class T>
    void operator()(T Config::*member) const {
        into.*member = from.*member;
    }
    template <class T>
    void operator()(T Secondary::*) const {}
};

}  // namespace

std::string to_text(const Change& change) {
    return fmt::format("{}: {}, was {}", change.option, change.after, change.before);
}

std::vector<Change> changes(const Config& in_force, const Config& wanted) {
    std::vector<Change> changes;
    for (const Option& option : options()) {
        if (option.section == "secondary") continue;
        compare(option, value_of(option, in_force), value_of(option, wanted), "", changes);
    }
    std::set<std::string> hosts;
    for (const Config* config : {&in_force, &wanted}) {
        for (const auto& [host, secondary] : config->secondaries)
            hosts.insert(host);
    }
    for (const std::string& host : hosts)
        compare_secondary(host, in_force, wanted, changes);
    return changes;
}

void take_live(const Config& from, Config& into) {
    for (const Option& option : options()) {
        if (option.live) std::visit(Take{from, into}, option.member);
    }
    into.secondaries = from.secondaries;
}

}  // namespace kpropgw::config
