#include "gateway/control/status_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "gateway/control/text.hpp"

namespace kpropgw::control {
namespace {

constexpr std::array<std::string_view, 5> states{"failing", "needs-full", "behind", "held", "healthy"};

/// Smaller is worse; a state that this version does not know comes before all.
std::ptrdiff_t rank(const SecondaryStatus& secondary) {
    const auto found = std::find(states.begin(), states.end(), secondary.state);
    return found == states.end() ? -1 : found - states.begin();
}

}  // namespace

std::vector<SecondaryStatus> worst_first(const Status& status) {
    std::vector<SecondaryStatus> rows = status.secondaries;
    std::sort(rows.begin(), rows.end(), [](const SecondaryStatus& a, const SecondaryStatus& b) {
        return std::tuple(rank(a), a.host) < std::tuple(rank(b), b.host);
    });
    return rows;
}

std::string lacking(std::uint64_t behind, const std::optional<Time>& since, Time now) {
    if (behind == 0 || !since) return fmt::format("{}", behind);
    return fmt::format("{} ({})", behind, age(now, *since));
}

LackingCells lacking_cells(const SecondaryStatus& secondary, Time now) {
    const auto text = [&](const Reach& reach) { return lacking(reach.behind, reach.behind_since, now); };
    return {text(secondary.sent), lacking(secondary.behind, secondary.behind_since, now),
            secondary.proven ? text(*secondary.proven) : "-"};
}

std::string next_try(const SecondaryStatus& secondary, Time now) {
    if (secondary.sending) return "sending";
    if (!secondary.next_try) return "-";
    return *secondary.next_try <= now ? "now" : "in " + age(*secondary.next_try, now);
}

}  // namespace kpropgw::control
