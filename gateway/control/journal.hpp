#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace kpropgw::control {

/// A change of the journal as people see it: never its keys.
struct JournalChange {
    std::uint64_t serial = 0;
    Time time{};
    std::string record;  ///< principal, policy
    std::string name;    ///< any bytes
    std::string change;  ///< added, changed, removed
    std::string words;   ///< what differs, or ""
};

/// One JSON object without a newline: {"serial", "time", "record", "name", "change", "words"}. A name that is not UTF-8
/// stands as "name_hex".
std::string to_json(const JournalChange& change);

struct JournalQuery {
    std::uint64_t since = 0;  ///< changes above it; from the journal's low end when that is higher
    std::uint64_t limit = 0;  ///< at most so many, and at most largest_journal_page
    bool operator==(const JournalQuery&) const = default;
};

inline constexpr std::uint64_t largest_journal_page = 1000;

/// A part of the journal, the oldest change first.
struct JournalPage {
    std::uint64_t low = 0;     ///< the journal has what came after it
    std::uint64_t serial = 0;  ///< the newest
    std::vector<JournalChange> changes;
};

/// What stands behind the '?': "since=41&limit=1000". Each may be left out.
std::string to_query(const JournalQuery& query);
Result<JournalQuery> parse_journal_query(std::string_view text);

std::string to_json(const JournalPage& page);
Result<JournalPage> parse_journal_page(const std::string& json);

}  // namespace kpropgw::control
