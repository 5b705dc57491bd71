#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "gateway/control/status.hpp"

namespace kpropgw::control {

/// The numbers are the exit statuses of the monitoring-plugin convention.
enum class CheckLevel { ok = 0, warning = 1, critical = 2, unknown = 3 };

struct CheckLimits {
    std::chrono::seconds max_behind{300};      ///< a secondary may lack a change so long
    std::optional<std::uint64_t> max_changes;  ///< and so many changes; absent: any number
};

struct Check {
    CheckLevel level = CheckLevel::unknown;
    std::string line;  ///< "PROPAGATION OK: TEXT | PERFDATA", without a newline
};

/// What a monitor is told of a status, or of the failure to obtain one.
///
/// CRITICAL: no gateway answers; the last dump was not let in for what it holds; a secondary exceeds a limit, or lacks
/// changes that the journal no longer has, so that nobody knows since when; a KDC does not serve what its secondary
/// confirmed; the source fails and has not answered for longer than `max_behind`. WARNING: nothing was taken in yet;
/// the kpropd.acl in force is an older one; the source's or a secondary's last try failed; a secondary is frozen.
/// UNKNOWN: the status cannot be had for another reason. A Manual secondary waits for its operator and so exceeds no
/// limit. The perfdata are the greatest `behind` (seconds) and `changes` of the rest.
Check check_status(const Result<Status>& status, const CheckLimits& limits);

}  // namespace kpropgw::control
