#pragma once
#include <optional>
#include <set>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "formats/record.hpp"
#include "gateway/core/serial.hpp"

namespace kpropgw::store {

/// What the gateway remembers of a secondary across restarts.
struct SecondaryRow {
    std::string host;
    Serial level;                                 ///< confirmed by the secondary itself
    Time level_time{};                            ///< of that serial; 1970: not known
    std::optional<formats::DumpVersion> learned;  ///< the newest that it loaded
    std::optional<Time> last_success;
    std::optional<Time> last_failure;
    std::string last_error;             ///< of last_failure, kept until the next success
    std::string last_cause;             ///< the id of its cause; empty where it has none
    unsigned failures = 0;              ///< in a row
    std::optional<std::string> frozen;  ///< why an operator has it sent nothing

    // Of a secondary that takes updates:
    std::optional<Serial> unconfirmed_full;  ///< a full dump of that serial was sent and never confirmed
    std::optional<Serial> refused;           ///< the update that it cannot take
    std::set<Serial> skipped;                ///< updates that an operator told it to do without
    std::optional<Time> last_contact;        ///< it asked for updates
};

std::string to_json(const SecondaryRow& row);
Result<SecondaryRow> parse_secondary_row(std::string_view json);

}  // namespace kpropgw::store
