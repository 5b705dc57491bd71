#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::control {

/// An order to propagate now, whatever the role and the back-off, to those whom one of the three names.
struct PropOrder {
    std::vector<std::string> hosts;
    bool all = false;
    std::string role;   ///< every secondary of that role, in any case
    bool full = false;  ///< a dump even to one that has the newest serial
    bool operator==(const PropOrder&) const = default;
};

/// What a PROP order has come to for one host.
struct PropAnswer {
    std::string host;
    std::string outcome;            ///< queued, sending, sent, up-to-date, failed, frozen, unknown
    std::string text = {};          ///< why, in words, or ""
    bool tried_again = false;       ///< it failed, and the gateway tries again by itself
    std::uint64_t sent_bytes = 0;   ///< while it is sent to
    std::uint64_t total_bytes = 0;  ///< of the dump; 0: it is not rendered yet

    bool is_open() const { return outcome == "queued" || outcome == "sending"; }
    bool has_it() const { return outcome == "sent" || outcome == "up-to-date"; }
};

struct PropReport {
    std::uint64_t order = 0;   ///< its number, to ask again by
    std::uint64_t serial = 0;  ///< the newest when it was given
    std::vector<PropAnswer> answers;
};

std::string to_json(const PropOrder& order);
/// invalid_input too unless exactly one of hosts, all and role names somebody.
Result<PropOrder> parse_prop_order(const std::string& json);

std::string to_json(const PropReport& report);
Result<PropReport> parse_prop_report(const std::string& json);

/// "order=12", of the target of a report.
std::string to_report_query(std::uint64_t order);
Result<std::uint64_t> parse_report_query(std::string_view query);

}  // namespace kpropgw::control
