#include <fmt/format.h>

#include "gateway/cli/explained.hpp"
#include "gateway/cli/manual.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::string_view head = R"(# Events

Whatever the running gateway has to say is an event of this list, and what has failed says its cause where it is one of the
[causes](#causes). `kpropgw explain ID` prints an entry, `kpropgw explain` the list of ids.

    kpropgw events                       # the last 1,000, oldest first, since the gateway's start
    kpropgw events --follow              # and those to come; Ctrl-C ends it
    kpropgw events --level warning --json
    kpropgw events --since 120           # those after number 120

Ids, levels and names of fields do not change from release to release; entries may be added.

## The log

Each event is one line on standard error, of `[log] level` and above:

    2026-11-21T19:04:11.250Z level=warning event=push-refused peer=192.0.2.7 error="\"host/kdc9@R\" may not push" cause=not-the-primary

    line    = time " level=" level " event=" id *( " " name "=" value )
    time    = UTC, to milliseconds (RFC 3339)
    level   = "debug" / "info" / "warning" / "error" / "critical"
    name    = 1*( a-z / 0-9 / "_" )
    value   = bare / quoted
    bare    = 1*( A-Z / a-z / 0-9 / any of - _ . , : ; / @ + * ~ % # ( ) [ ] )
    quoted  = DQUOTE *( UTF-8 character / "\" DQUOTE / "\\" / "\n" / "\x" 2( 0-9 / a-f ) ) DQUOTE

In a quoted value `\n` is a line end, `\xNN` any other control character (also those of C1) or a byte that is not UTF-8. So an event is
always one line, and a terminal that shows it obeys nothing that a peer sent.

`error` is what went wrong in words, with what to do; `cause` the id of the cause, where it has one.

With `[log] to = journal` the same text is the message of an entry of the systemd journal, its level the priority, and each field
one of its own: `journalctl KPROPGW_EVENT=push-refused`, `journalctl KPROPGW_SECONDARY=kdc2.example.com`.

Events of level debug are kept for `kpropgw events` only while the log has them too; all others are whatever the log's level is.
)";

void append(std::string& out, const Explained& entry) {
    out += fmt::format("\n### {}\n\n*{}*: {}.\n\n{}\n\nWhat to do: {}\n", entry.id, entry.kind, entry.text,
                       entry.meaning, entry.remedy);
}

}  // namespace

std::string manual_of_events() {
    std::string out(head);
    out += "\n## The events\n";
    bool causes = false;
    for (const Explained& entry : all_explained()) {
        if (!causes && entry.kind == "cause") {
            causes = true;
            out += "\n## Causes\n";
        }
        append(out, entry);
    }
    return out;
}

}  // namespace kpropgw::cli
