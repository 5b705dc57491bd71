#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>
#include <tuple>

#include "gateway/control/status.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::control {
namespace {

constexpr std::array<std::string_view, 5> worst_first{"failing", "needs-full", "behind", "held", "healthy"};

/// Smaller is worse; a state that this version does not know comes before all.
std::ptrdiff_t rank(const SecondaryStatus& secondary) {
    const auto found = std::find(worst_first.begin(), worst_first.end(), secondary.state);
    return found == worst_first.end() ? -1 : found - worst_first.begin();
}

std::string behind(const SecondaryStatus& secondary, Time now) {
    if (secondary.behind == 0 || !secondary.behind_since) return fmt::format("{}", secondary.behind);
    return fmt::format("{} ({})", secondary.behind, age(now, *secondary.behind_since));
}

std::string next_try(const SecondaryStatus& secondary, Time now) {
    if (secondary.sending) return "sending";
    if (!secondary.next_try) return "-";
    return *secondary.next_try <= now ? "now" : "in " + age(*secondary.next_try, now);
}

/// Of SGR (ECMA-48); "" for none. A state that this version does not know is no good news.
std::string_view colour_of(const SecondaryStatus& secondary) {
    if (secondary.state == "healthy") return "";
    if (secondary.state == "held") return "36";
    if (secondary.state == "behind" || secondary.state == "needs-full") return "33";
    return "31";
}

std::string paint(const std::string& line, std::string_view colour) {
    return colour.empty() ? line : fmt::format("\x1b[{}m{}\x1b[0m", colour, line);
}

std::string header(const Status& status) {
    std::string out = fmt::format("realm {}, serial {}, {} principals, {} policies\n", status.realm, status.serial,
                                  status.principals, status.policies);
    out += fmt::format("gateway {}, version {}\n", status.gateway, status.version);
    out += fmt::format("primary {}, last push {}{}\n", status.primary.empty() ? "-" : status.primary,
                       status.last_push ? age(status.now, *status.last_push) + " ago" : "never",
                       status.last_push_from ? " from " + printable(*status.last_push_from) : "");
    if (status.last_refusal) out += "last refusal " + printable(*status.last_refusal) + "\n";
    if (status.acl_problem) {
        out += "kpropd.acl is not in force, the one before it is:\n";
        std::istringstream lines(*status.acl_problem);
        for (std::string line; std::getline(lines, line);)
            out += "    " + printable(line) + "\n";
    }
    return out;
}

std::string table(const Status& status, bool coloured) {
    std::vector<SecondaryStatus> rows = status.secondaries;
    std::sort(rows.begin(), rows.end(), [](const SecondaryStatus& a, const SecondaryStatus& b) {
        return std::tuple(rank(a), a.host) < std::tuple(rank(b), b.host);
    });
    Columns columns({"HOST", "ROLE", "DUMP", "LEVEL", "BEHIND", "STATE", "LAST SUCCESS", "NEXT TRY"});
    for (const SecondaryStatus& row : rows) {
        columns.add({printable(row.host), row.role, row.dump_version.value_or("-"), fmt::format("{}", row.level),
                     behind(row, status.now), row.state,
                     row.last_success ? age(status.now, *row.last_success) + " ago" : "never",
                     next_try(row, status.now)});
    }
    const std::vector<std::string> lines = columns.lines();
    std::string out = header(status) + "\n" + lines[0] + "\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string_view colour = coloured ? colour_of(rows[i]) : "";
        out += paint(lines[i + 1], colour) + "\n";
        if (rows[i].frozen) {
            const std::string why =
                fmt::format("    frozen: {}; kpropgw thaw {}", printable(*rows[i].frozen), printable(rows[i].host));
            out += paint(why, colour) + "\n";
        }
        if (rows[i].last_error) out += paint("    " + printable(*rows[i].last_error), colour) + "\n";
    }
    return out;
}

}  // namespace

std::string to_table(const Status& status) {
    return table(status, false);
}

std::string to_coloured_table(const Status& status) {
    return table(status, true);
}

}  // namespace kpropgw::control
