#pragma once
// Private to gateway/control: what the table and the console say in the same way.
#include <string>
#include <vector>

#include "gateway/control/status.hpp"

namespace kpropgw::control {

/// The secondaries as an operator wants to meet them; of one state by name.
std::vector<SecondaryStatus> worst_first(const Status& status);

/// Changes that are lacking and for how long: "0", "2 (12m)".
std::string lacking(std::uint64_t behind, const std::optional<Time>& since, Time now);

/// The three senses of being behind, for the columns named so.
struct LackingCells {
    std::string unsent;
    std::string unstored;
    std::string unproven;  ///< "-" where nothing was probed
};
LackingCells lacking_cells(const SecondaryStatus& secondary, Time now);

/// "now", "in 5m", "sending", "-".
std::string next_try(const SecondaryStatus& secondary, Time now);

}  // namespace kpropgw::control
