#pragma once
#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/error.hpp"
#include "gateway/store/summary.hpp"

/// The journal: what happened to the registry, a change a serial.
namespace kpropgw::store {

enum class Operation { put, erase };

/// What the journal says of a change besides its record.
struct ChangeNote {
    bool is_new = false;       ///< a put: no record of the name was held
    bool full_only = false;    ///< an MIT kpropd can get it by a full resync only: any policy, K/M's keys, a
                               ///< record that no update can carry
    bool put_follows = false;  ///< an erase: the next serial puts the record anew, so a batch may not end between them
    std::string_view words = {};  ///< what differs from the record before, for people, never a key; "" where nothing
                                  ///< was held. Kept as far as 255 octets.
    bool new_kvno = false;        ///< a put: a KDC's tickets for the principal have another kvno than before
};

/// A change as the journal keeps it. Views are valid as long as the snapshot that it was read from.
struct Change {
    Serial serial;
    Time time{};
    Operation operation = Operation::put;
    Kind kind = Kind::principal;
    ChangeNote note;
    std::string_view name;    ///< of the record, as dumps have it
    std::string_view record;  ///< a put's canonical line (version 7, no newline): holds keys; "" of an erase
};

/// Goes through the journal upward.
class JournalCursor {
public:
    virtual ~JournalCursor() = default;
    /// False at the end.
    virtual Result<bool> next() = 0;
    virtual const Change& change() const = 0;
};

/// How long a change is kept: as long as neither is exceeded.
struct Retention {
    std::chrono::seconds max_age{};
    std::uint64_t max_bytes = 0;  ///< of the whole journal
};

struct Trimmed {
    std::uint64_t changes = 0;
    Serial low;  ///< of the journal, after
};

}  // namespace kpropgw::store
