#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace kpropgw::control {

/// A secondary as status shows it. Times absent: never.
struct SecondaryStatus {
    std::string host;
    std::uint16_t port = 0;
    std::string role;                         ///< "Replace", "Compat", ...
    std::string state;                        ///< healthy, behind, held, needs-full, failing
    std::optional<std::string> dump_version;  ///< learned or pinned: "r1_11"; absent until something worked
    std::uint64_t level = 0;                  ///< its update level
    std::uint64_t behind = 0;                 ///< serials
    std::optional<Time> behind_since;         ///< time of the first change that it lacks
    std::optional<Time> last_success;
    std::optional<Time> last_failure;
    std::optional<std::string> last_error;  ///< with what to do
    std::optional<Time> next_try;
    std::optional<std::string> frozen;  ///< why an operator has it sent nothing; its state is then held
    bool sending = false;
};

struct Status {
    std::string realm;
    std::string gateway;  ///< host
    std::string version;
    std::uint64_t serial = 0;
    std::uint64_t journal_low = 0;  ///< the lowest level that updates can bring up to date
    std::uint64_t principals = 0;
    std::uint64_t policies = 0;
    std::string primary;
    std::optional<Time> last_push;  ///< the last dump taken in
    std::optional<std::string> last_push_from;
    std::optional<std::string> last_refusal;  ///< "2026-...Z 127.0.0.1: why"
    std::optional<std::string> acl_problem;   ///< the file has errors; the one before is in force
    Time now;
    std::vector<SecondaryStatus> secondaries;
};

std::string to_json(const Status& status);
Result<Status> parse_status(const std::string& json);

/// For people: a header and one line a secondary, worst first; an error in words below its line.
std::string to_table(const Status& status);
/// The same for a terminal: the line of whoever is not healthy, and what stands below it, in a colour.
std::string to_coloured_table(const Status& status);
/// `display prop`: the same in the manner of a console.
std::string to_console(const Status& status);

/// What a PROP order did for one host.
struct PropAnswer {
    std::string host;
    std::string outcome;  ///< queued, up-to-date, sent, failed, unknown, frozen
    std::string text;     ///< the error in words, or ""
};

}  // namespace kpropgw::control
