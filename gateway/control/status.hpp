#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace kpropgw::control {

/// How far a secondary has come in one sense of the word.
struct Reach {
    std::uint64_t serial = 0;
    std::uint64_t behind = 0;          ///< serials
    std::optional<Time> behind_since;  ///< time of the first change that it lacks
};

/// A secondary as status shows it. Times absent: never. `level`, `behind` and `behind_since` are of what it has stored.
struct SecondaryStatus {
    std::string host;
    std::uint16_t port = 0;
    std::string role;                         ///< "Replace", "Compat", ...
    std::string state;                        ///< healthy, behind, held, needs-full, failing
    std::optional<std::string> dump_version;  ///< learned or pinned: "r1_11"; absent until something worked
    std::uint64_t level = 0;                  ///< its update level
    std::uint64_t behind = 0;                 ///< serials
    std::optional<Time> behind_since;         ///< time of the first change that it lacks
    Reach sent;                               ///< the last update of an answer, or a dump whose last byte went out
    std::optional<Reach> proven;  ///< what a probe saw its KDC serve, as far as tickets show it; absent: no probe has
    std::optional<std::string> kdc_problem;  ///< its KDC does not serve what it confirmed, with what to do
    std::optional<Time> last_success;
    std::optional<Time> last_failure;
    std::optional<std::string> last_error;  ///< with what to do
    std::optional<std::string> last_cause;  ///< of it: what explain takes
    std::optional<Time> next_try;
    std::optional<std::string> frozen;  ///< why an operator has it sent nothing; its state is then held
    bool sending = false;
    std::optional<std::uint64_t> sent_bytes;   ///< of a dump that is on its way to it
    std::optional<std::uint64_t> total_bytes;  ///< of that dump
};

/// What brings the registry's changes in.
struct SourceStatus {
    std::string kind;                            ///< kprop, iprop, ulog
    std::string name;                            ///< as kpropgw.conf has it: "iprop:kdc1.example.com"
    std::optional<std::uint64_t> position;       ///< serial of the source's own log; absent where it has none
    std::optional<Time> last_asked;              ///< and answered; absent for kprop, and until the first answer
    std::optional<Time> last_change;             ///< when the newest serial was taken in
    std::optional<std::string> last_error;       ///< with what to do; absent once it has answered again
    std::optional<std::string> last_cause = {};  ///< of it: what explain takes
};

struct Status {
    std::string realm;
    std::string gateway;  ///< host
    std::string version;
    Time started{};
    std::uint64_t serial = 0;
    std::uint64_t journal_low = 0;  ///< the lowest level that updates can bring up to date
    std::uint64_t journal_bytes = 0;
    std::uint64_t principals = 0;
    std::uint64_t policies = 0;
    SourceStatus source;
    std::string primary;
    std::optional<Time> last_push;  ///< the last dump taken in
    std::optional<std::string> last_push_from;
    std::optional<std::string> last_refusal;  ///< "2026-...Z 127.0.0.1: why"
    std::optional<std::string> held_dump;     ///< the last dump was not let in for what it holds: the same
    std::optional<std::string> acl_problem;   ///< the file has errors; the one before is in force
    Time now;
    std::vector<SecondaryStatus> secondaries;
};

std::string to_json(const Status& status);
Result<Status> parse_status(const std::string& json);

struct TableStyle {
    bool coloured = false;  ///< the line of whoever is not healthy, and what stands below it
    std::size_t width = 0;  ///< columns left out until lines fit in so many characters, as far as they may; 0: none
};

/// For people: the gateway, its source, and one line a secondary, worst first; an error in words below its line.
std::string to_table(const Status& status, TableStyle style = {});
/// `display prop`: the same in the manner of a console.
std::string to_console(const Status& status);

}  // namespace kpropgw::control
