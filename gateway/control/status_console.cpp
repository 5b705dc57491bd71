#include <fmt/format.h>

#include "gateway/control/status.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::control {

// IBM publishes no sample of DISPLAY PROP's output that we know: this layout is kpropgw's own.
std::string to_console(const Status& status) {
    const auto time_or_never = [](const std::optional<Time>& time) {
        return time ? kpropgw::to_text(*time) : std::string("NEVER");
    };
    std::string out = fmt::format("DISPLAY PROP  {}\n", kpropgw::to_text(status.now));
    out += fmt::format("REALM {}  SERIAL {}\n", status.realm, status.serial);
    out += fmt::format("PRIMARY {}  LAST PUSH {}\n", status.primary.empty() ? "-" : status.primary,
                       time_or_never(status.last_push));
    Columns columns({"SERVER", "PORT", "ROLE", "STATE", "UPDATE LEVEL", "PENDING", "LAST PROPAGATION"});
    for (const SecondaryStatus& row : status.secondaries) {
        columns.add({printable(row.host), fmt::format("{}", row.port), row.role, row.sending ? "sending" : row.state,
                     fmt::format("{}", row.level), fmt::format("{}", row.behind), time_or_never(row.last_success)});
    }
    const std::vector<std::string> lines = columns.lines();
    out += lines[0] + "\n";
    for (std::size_t i = 0; i < status.secondaries.size(); ++i) {
        out += lines[i + 1] + "\n";
        if (const auto& why = status.secondaries[i].frozen) out += "  FROZEN: " + printable(*why) + "\n";
        if (const auto& error = status.secondaries[i].last_error) out += "  REASON: " + printable(*error) + "\n";
    }
    return out + fmt::format("{} SERVERS DISPLAYED\n", status.secondaries.size());
}

}  // namespace kpropgw::control
