#pragma once
#include <cstdint>
#include <optional>

#include "formats/dump/reader.hpp"
#include "formats/inspect/master_keys.hpp"

namespace kpropgw::formats {

/// What a later dump of the same registry is compared with.
struct Baseline {
    std::uint64_t principals = 0;
    std::optional<MasterKeys> master_keys;
};

/// Reads a dump to its end, past records that are malformed.
Result<Baseline> read_baseline(DumpReader& reader);

}  // namespace kpropgw::formats
