#include "formats/dump/version.hpp"
#include "formats/field_cursor.hpp"
#include "formats/quoted.hpp"
#include "formats/record.hpp"
#include "formats/tl/tl_data.hpp"

namespace kpropgw::formats {
namespace {

/// What kdb5_util reads with %1023s and %512s (MIT dump.c, KRB5_KDB_MAX_ALLOWED_KS_LEN).
constexpr std::size_t longest_policy_name = 1023;
constexpr std::size_t longest_keysalts = 512;

void read_newer_fields(FieldCursor& in, Policy& into) {
    into.attributes = in.wrapping("attributes");
    into.max_ticket_life = in.wrapping("maximum ticket life");
    into.max_renewable_ticket_life = in.wrapping("maximum renewable ticket life");
    into.allowed_keysalts = in.word("allowed keysalts", longest_keysalts);
    if (into.allowed_keysalts == "-") into.allowed_keysalts = "";
    read_tl_data(in, static_cast<std::size_t>(in.number("count of tl-data", 0, INT16_MAX)), into.tl);
}

}  // namespace

Result<void> parse_policy(std::span<char> line, DumpVersion version, Policy& into) {
    const Layout& layout = layout_of(version);
    // The vector is kept for its capacity.
    std::vector<TlData> tl = std::move(into.tl);
    tl.clear();
    into = Policy{};
    into.tl = std::move(tl);

    FieldCursor in(line);
    if (!in.begins_with("policy")) in.fail("the line is not a policy's: it does not begin with policy");
    into.name = in.failed() ? "" : in.word("name", longest_policy_name);
    into.min_life = in.wrapping("minimum life");
    into.max_life = in.wrapping("maximum life");
    into.min_length = in.wrapping("minimum length");
    into.min_classes = in.wrapping("minimum classes");
    into.history = in.wrapping("history");
    into.refcnt = in.wrapping("reference count");
    if (layout.lockout) {
        into.max_fail = in.wrapping("maximum failures");
        into.fail_interval = in.wrapping("failure interval");
        into.lockout_duration = in.wrapping("lockout duration");
    }
    // A line of version 6 is good in a version 7 dump (MIT dump.c:process_r1_11_policy).
    if (layout.newer_policy && !in.failed() && !in.at_end()) read_newer_fields(in, into);
    if (!in.failed() && !in.at_end()) in.fail("the line has more fields than a policy of this dump's version");
    auto finished = in.finish();
    if (!finished && !into.name.empty()) return finished.error().in("policy " + quoted_name(into.name));
    return finished;
}

}  // namespace kpropgw::formats
