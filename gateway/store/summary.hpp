#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "gateway/core/serial.hpp"

namespace kpropgw::store {

enum class Kind { principal, policy };

/// Where in its own log a source stands (MIT iprop.x:kdb_last_t).
struct SourcePosition {
    std::string source;  ///< as the configuration names it: "iprop:kdc1.x.com"
    std::uint32_t serial = 0;
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;
    bool operator==(const SourcePosition&) const = default;
};

/// What was last taken in: a dump or changes.
struct Position {
    Time taken;
    std::string from;                           ///< the host that gave it
    std::optional<SourcePosition> source = {};  ///< absent where the source has none: a plain dump
};

struct Totals {
    std::uint64_t principals = 0;
    std::uint64_t policies = 0;
};

/// What is true of the registry as a whole at one serial.
struct Summary {
    Serial serial;                    ///< of the newest change; 0: nothing was ever taken in
    Time serial_time{};               ///< when that change was taken in
    Serial journal_low;               ///< the lowest level that the journal can bring up to date
    Time journal_low_time{};          ///< when the change of that serial was taken in
    std::uint64_t journal_bytes = 0;  ///< keys and entries of the journal
    Serial policy_changed;            ///< the newest change of a policy; 0: none since the registry was built
    Time policy_changed_time{};
    Serial dump_only;  ///< the newest change of a principal that only a dump can carry (K/M's keys); 0: none
    Totals totals;
    std::optional<Position> position;

    /// An MIT kpropd below it gets what it lacks by a full resync only.
    Serial full_only() const { return std::max(policy_changed, dump_only); }
};

}  // namespace kpropgw::store
