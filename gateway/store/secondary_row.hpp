#pragma once
#include <optional>
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
    std::optional<formats::DumpVersion> learned;  ///< the newest that it loaded
    std::optional<Time> last_success;
    std::optional<Time> last_failure;
    std::string last_error;  ///< of last_failure, kept until the next success
    unsigned failures = 0;   ///< in a row
};

std::string to_json(const SecondaryRow& row);
Result<SecondaryRow> parse_secondary_row(std::string_view json);

}  // namespace kpropgw::store
