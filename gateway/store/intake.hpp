#pragma once
#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "base/file.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::store {

/// Where a dump comes from.
struct Origin {
    std::string name;  ///< for errors: the dump's file name
    std::string from;  ///< the host that gave it
    std::string realm;
};

/// What a dump changed.
struct Taken {
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    std::uint64_t removed = 0;
    std::uint64_t refreshed = 0;  ///< login fields only: kept, no change
    std::uint64_t records = 0;    ///< in the dump
    Serial serial;                ///< of the registry, after

    bool is_change() const { return added + changed + removed > 0; }
};

/// The one door into the registry: reads the dump to its last record, compares it with what is held, and commits the
/// differences with their serials and the source's position at once; or, on any error, nothing. Memory does not grow
/// with the dump. Blocks; one call at a time goes through, others wait. Call it
/// from a thread that may block.
Result<Taken> take_in(Store& store, const File& dump, const Origin& origin, const Clock& clock);

}  // namespace kpropgw::store
