#include <fmt/format.h>

#include "gateway/control/status_rows.hpp"
#include "gateway/control/text.hpp"
#include "gateway/events/hint.hpp"

namespace kpropgw::control {
namespace {

std::string time_or_never(const std::optional<Time>& time) {
    return time ? kpropgw::to_text(*time) : std::string("NEVER");
}

std::string header(const Status& status) {
    const SourceStatus& source = status.source;
    std::string out = fmt::format("DISPLAY PROP  {}\n", kpropgw::to_text(status.now));
    out += fmt::format("REALM {}  SERIAL {}\n", status.realm, status.serial);
    out += fmt::format("GATEWAY {}  VERSION {}  STARTED {}\n", status.gateway, status.version,
                       kpropgw::to_text(status.started));
    out += fmt::format("JOURNAL ABOVE {}  BYTES {}\n", status.journal_low, status.journal_bytes);
    out += fmt::format("PRIMARY {}  LAST PUSH {}\n", status.primary.empty() ? "-" : status.primary,
                       time_or_never(status.last_push));
    out +=
        fmt::format("SOURCE {}  POSITION {}  LAST ASKED {}  LAST CHANGE {}\n", printable(source.name),
                    source.position ? std::to_string(*source.position) : "-",
                    source.kind == "kprop" ? "-" : time_or_never(source.last_asked), time_or_never(source.last_change));
    if (source.last_error)
        out += "  REASON: " + printable(events::with_hint(*source.last_error, source.last_cause.value_or(""))) + "\n";
    return out;
}

}  // namespace

// IBM publishes no sample of DISPLAY PROP's output that we know: this layout is kpropgw's own.
std::string to_console(const Status& status) {
    const std::vector<SecondaryStatus> rows = worst_first(status);
    Columns columns({"SERVER", "PORT", "ROLE", "STATE", "DUMP", "UPDATE LEVEL", "UNSENT", "UNSTORED", "UNPROVEN",
                     "LAST PROPAGATION", "NEXT TRY"});
    for (const SecondaryStatus& row : rows) {
        const LackingCells cells = lacking_cells(row, status.now);
        columns.add({printable(row.host), fmt::format("{}", row.port), row.role, row.state,
                     row.dump_version.value_or("-"), fmt::format("{}", row.level), cells.unsent, cells.unstored,
                     cells.unproven, time_or_never(row.last_success), next_try(row, status.now)});
    }
    const std::vector<std::string> lines = columns.lines();
    std::string out = header(status) + lines[0] + "\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        out += lines[i + 1] + "\n";
        if (const auto& why = rows[i].frozen) out += "  FROZEN: " + printable(*why) + "\n";
        if (const auto& problem = rows[i].kdc_problem) out += "  KDC: " + printable(*problem) + "\n";
        if (const auto& error = rows[i].last_error)
            out += "  REASON: " + printable(events::with_hint(*error, rows[i].last_cause.value_or(""))) + "\n";
    }
    return out + fmt::format("{} SERVERS DISPLAYED\n", rows.size());
}

}  // namespace kpropgw::control
