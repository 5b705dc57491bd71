#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace kpropgw::control {

/// An order to ask KDCs what they serve.
struct ProbeOrder {
    std::vector<std::string> hosts;  ///< none: every secondary
    std::string principal;           ///< "": whatever changed last and shows in tickets
    bool operator==(const ProbeOrder&) const = default;
};

/// What one secondary's KDC was seen to serve.
struct ProbeAnswer {
    std::string host;
    std::string outcome;                  ///< serves, stale, differs, unproven, failed, unknown
    std::optional<std::uint64_t> serial;  ///< that it serves, or a later one
    std::optional<std::uint64_t> lacks;   ///< the oldest change that it was seen not to serve
    std::optional<Time> since;            ///< when that was taken in
    std::string principal;                ///< that it was asked a ticket for
    std::optional<std::uint32_t> kvno;    ///< of its ticket; absent: it gives none
    std::optional<std::uint32_t> registry_kvno;
    std::string enctype;    ///< of its ticket
    std::string transport;  ///< udp, tcp
    std::uint64_t ms = 0;
    std::string text;  ///< what is wrong, and what to do
};

std::string to_json(const ProbeOrder& order);
Result<ProbeOrder> parse_probe_order(const std::string& json);

std::string to_json(const std::vector<ProbeAnswer>& answers);
Result<std::vector<ProbeAnswer>> parse_probe_answers(const std::string& json);

/// One line for people, without a newline.
std::string to_line(const ProbeAnswer& answer, Time now);

}  // namespace kpropgw::control
