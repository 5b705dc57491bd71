#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.hpp"
#include "base/file.hpp"
#include "formats/update/iprop_update.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::store {

/// Where a dump comes from.
struct Origin {
    std::string name;  ///< for errors: the dump's file name
    std::string from;  ///< the host that gave it
    std::string realm;
    std::string source = {};  ///< as SourcePosition has it, for a dump that says where in its primary's log it stands
};

/// A change as it comes from a primary or from another gateway. What it refers to must outlive the call.
struct ArrivingChange {
    /// A version 7 line without its newline; parsed and checked.
    struct Put {
        std::string_view line;
    };
    struct Erase {
        std::string_view name;
    };
    /// Out of a primary's log: laid over the record held, or its deletion.
    struct Update {
        const formats::IpropUpdate* update;
    };
    Kind kind = Kind::principal;
    std::variant<Put, Erase, Update> what;  ///< Update: of principals only
};

/// What a dump or changes changed.
struct Taken {
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    std::uint64_t removed = 0;
    std::uint64_t refreshed = 0;  ///< login fields only: kept, no change
    std::uint64_t records = 0;    ///< in the dump, or changes that arrived
    std::uint64_t hiding = 0;     ///< updates that seem to leave out something that changed: only a dump tells
    Serial serial;                ///< of the registry, after

    bool is_change() const { return added + changed + removed > 0; }
};

/// The one door into the registry: reads the dump to its last record, compares it with what is held, and commits the
/// differences with their serials and the source's position at once; or, on any error, nothing. Memory does not grow
/// with the dump. Blocks; one call at a time goes through, others wait. Call it
/// from a thread that may block.
Result<Taken> take_in(Store& store, const File& dump, const Origin& origin, const Clock& clock);

/// The same for changes as they arrive: all of them and the source's position commit at once, or, on any error,
/// nothing. What is no change takes no serial. `conflict` before a first dump made the registry; invalid_input where
/// a name without which no KDC of the realm can serve would be gone. Blocks.
Result<Taken> take_changes(Store& store, std::span<const ArrivingChange> changes, const Origin& origin,
                           const SourcePosition& position, const Clock& clock);

}  // namespace kpropgw::store
