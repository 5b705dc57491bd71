#include "formats/inspect/record_checks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/quoted.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

/// n_tl_data of krb5_db_entry is a signed number of 16 bits (MIT kdb.h), whatever the length of the field.
constexpr std::size_t most_tl_data = 32767;

Check check_of_type(std::int16_t type) {
    switch (type) {
        case tl_mkvno:
        case tl_active_master_keys:
        case tl_master_key_copies:
            return Check::unreadable_master_key_data;
        case tl_kadm_data:
            return Check::unreadable_kadm_data;
        default:
            return Check::unreadable_tl_data;
    }
}

void check_tl_data(const Inspected& seen, Findings& findings) {
    const auto named = [&] { return quoted_name(seen.principal.name); };
    const std::size_t count = seen.principal.tl.size();
    if (count > most_tl_data) {
        findings.add(Check::too_many_tl_data, seen.line, [&] {
            return fmt::format("{} has {} tl-data, of which kdb5_util loads at most {}", named(), count, most_tl_data);
        });
    }
    for (const TlProblem& problem : seen.contents.problems()) {
        findings.add(check_of_type(problem.type), seen.line,
                     [&] { return fmt::format("{}: {}", named(), problem.error.text()); });
    }
    if (const auto type = seen.contents.type_twice()) {
        findings.add(Check::tl_type_twice, seen.line, [&] {
            return fmt::format("{} has more than one tl-data of type {}, of which only the first is used", named(),
                               *type);
        });
    }
}

}  // namespace

void check_record(const Inspected& seen, Findings& findings) {
    const Principal& principal = seen.principal;
    if (principal.name.starts_with(' ') || principal.name.starts_with('\t')) {
        findings.add(Check::name_begins_with_blank, seen.line, [&] {
            return fmt::format("{} begins with white space: kdb5_util skips it and stores another name",
                               quoted_name(principal.name));
        });
    }
    check_tl_data(seen, findings);
    const auto ascends = [](const Key& a, const Key& b) { return a.kvno < b.kvno; };
    if (std::adjacent_find(principal.keys.begin(), principal.keys.end(), ascends) != principal.keys.end()) {
        findings.add(Check::keys_out_of_order, seen.line, [&] {
            return fmt::format("the keys of {} are not in descending kvno: a KDC takes the first for the newest",
                               quoted_name(principal.name));
        });
    }
}

}  // namespace kpropgw::formats
