#include <fmt/format.h>

#include <array>
#include <sstream>

#include "gateway/control/status_rows.hpp"
#include "gateway/control/text.hpp"
#include "gateway/events/hint.hpp"

namespace kpropgw::control {
namespace {

/// What a narrow terminal does without, in this order.
constexpr std::array<std::string_view, 6> dispensable{"DUMP", "UNPROVEN", "NEXT TRY", "LAST OK", "LEVEL", "ROLE"};

constexpr std::string_view red = "31";
constexpr std::string_view yellow = "33";
constexpr std::string_view cyan = "36";

/// Of SGR (ECMA-48); "" for none. A state that this version does not know is no good news.
std::string_view colour_of(const SecondaryStatus& secondary) {
    if (secondary.state == "healthy") return "";
    if (secondary.state == "held") return cyan;
    if (secondary.state == "behind" || secondary.state == "needs-full") return yellow;
    return red;
}

/// Puts lines together, in colours or without.
class Page {
public:
    explicit Page(bool coloured) : coloured_(coloured) {}

    void line(const std::string& text, std::string_view colour = "") {
        out_ += coloured_ && !colour.empty() ? fmt::format("\x1b[{}m{}\x1b[0m\n", colour, text) : text + "\n";
    }
    std::string take() { return std::move(out_); }

private:
    bool coloured_;
    std::string out_;
};

std::string ago(Time now, const std::optional<Time>& then) {
    return then ? age(now, *then) + " ago" : "never";
}

std::string source_line(const Status& status) {
    const SourceStatus& source = status.source;
    std::string text = "source   " + printable(source.name);
    if (source.kind == "kprop") {
        text += fmt::format(" from {}, last push {}", status.primary.empty() ? "-" : status.primary,
                            ago(status.now, status.last_push));
        if (status.last_push_from && *status.last_push_from != status.primary)
            text += " from " + printable(*status.last_push_from);
    } else {
        if (source.position) text += fmt::format(", position {}", *source.position);
        text += ", asked " + ago(status.now, source.last_asked);
    }
    return text + ", last change " + ago(status.now, source.last_change);
}

void add_header(Page& page, const Status& status) {
    page.line(fmt::format("realm    {}, serial {}, {} principals, {} policies", status.realm, status.serial,
                          status.principals, status.policies));
    page.line(fmt::format("gateway  {}, version {}, up {}, journal above {} ({})", status.gateway, status.version,
                          age(status.now, status.started), status.journal_low, bytes_text(status.journal_bytes)));
    page.line(source_line(status), status.source.last_error ? red : "");
    if (status.source.last_error)
        page.line(
            "    " + printable(events::with_hint(*status.source.last_error, status.source.last_cause.value_or(""))),
            red);
    if (status.held_dump) page.line("dump not let in " + printable(*status.held_dump), red);
    if (status.last_refusal && status.last_refusal != status.held_dump)
        page.line("last refusal " + printable(*status.last_refusal), yellow);
    if (!status.acl_problem) return;
    page.line("kpropd.acl is not in force, the one before it is:", yellow);
    std::istringstream lines(*status.acl_problem);
    for (std::string line; std::getline(lines, line);)
        page.line("    " + printable(line), yellow);
}

}  // namespace

std::string to_table(const Status& status, TableStyle style) {
    const std::vector<SecondaryStatus> rows = worst_first(status);
    Columns columns(
        {"HOST", "ROLE", "STATE", "DUMP", "LEVEL", "UNSENT", "UNSTORED", "UNPROVEN", "LAST OK", "NEXT TRY"});
    for (const SecondaryStatus& row : rows) {
        const LackingCells cells = lacking_cells(row, status.now);
        columns.add({printable(row.host), row.role, row.state, row.dump_version.value_or("-"),
                     fmt::format("{}", row.level), cells.unsent, cells.unstored, cells.unproven,
                     ago(status.now, row.last_success), next_try(row, status.now)});
    }
    for (std::size_t i = 0; style.width > 0 && columns.width() > style.width && i < dispensable.size(); ++i)
        columns.leave_out(dispensable[i]);
    const std::vector<std::string> lines = columns.lines();
    Page page(style.coloured);
    add_header(page, status);
    page.line("");
    page.line(lines[0]);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string_view colour = colour_of(rows[i]);
        page.line(lines[i + 1], colour);
        if (rows[i].frozen) {
            page.line(
                fmt::format("    frozen: {}; kpropgw thaw {}", printable(*rows[i].frozen), printable(rows[i].host)),
                colour);
        }
        if (rows[i].kdc_problem) page.line("    its KDC: " + printable(*rows[i].kdc_problem), red);
        if (rows[i].last_error)
            page.line("    " + printable(events::with_hint(*rows[i].last_error, rows[i].last_cause.value_or(""))),
                      colour);
    }
    return page.take();
}

}  // namespace kpropgw::control
