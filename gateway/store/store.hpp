#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "gateway/store/change.hpp"
#include "gateway/store/secondary_row.hpp"
#include "gateway/store/summary.hpp"

/// The registry, its journal and the update levels behind one interface. LMDB holds them now (lmdb_store.hpp).
namespace kpropgw::store {

/// Goes through the records of one kind in key order.
class RecordCursor {
public:
    virtual ~RecordCursor() = default;
    /// False at the end.
    virtual Result<bool> next() = 0;
    virtual std::string_view key() const = 0;  ///< valid until the next call of next()
    /// The canonical record; valid until the next write or next(). It may be asked for again after a write.
    virtual Result<std::string_view> line() = 0;
};

/// The registry as it was when the snapshot was taken, whatever is written meanwhile. May move between threads;
/// one thread at a time. While it lives the store cannot reuse space, so keep it for the length of a read.
class Snapshot {
public:
    virtual ~Snapshot() = default;
    virtual const Summary& summary() const = 0;
    virtual Result<std::unique_ptr<RecordCursor>> records(Kind kind) = 0;
    /// The canonical record held; valid as long as the snapshot.
    virtual Result<std::optional<std::string_view>> find(Kind kind, std::string_view key) = 0;

    /// The changes above `level`, the oldest first. not_found for a level below the journal's low end. The cursor must
    /// go before the snapshot.
    virtual Result<std::unique_ptr<JournalCursor>> changes_after(Serial level) = 0;

    /// When the change of that serial was taken in, where that is still known: of every serial from the journal's low
    /// end to the newest.
    virtual Result<std::optional<Time>> time_of(Serial serial) = 0;
};

/// The one writer. Belongs to the thread that began it. Dropped without commit(), nothing has happened.
class Transaction {
public:
    virtual ~Transaction() = default;
    virtual const Summary& summary() const = 0;
    /// Sees this transaction's own writes, and may be used between them.
    virtual Result<std::unique_ptr<RecordCursor>> records(Kind kind) = 0;

    /// The canonical record held, this transaction's own writes included. Valid until the next write.
    virtual Result<std::optional<std::string_view>> find(Kind kind, std::string_view key) = 0;

    /// A change: it takes the next serial and is journalled.
    virtual Result<void> put(Kind kind, std::string_view key, std::string_view line, const ChangeNote& note,
                             Time now) = 0;
    virtual Result<void> erase(Kind kind, std::string_view key, std::string_view name, const ChangeNote& note,
                               Time now) = 0;
    /// Replaces a record where only what is no change of the registry differs: no serial, no journal.
    virtual Result<void> refresh(Kind kind, std::string_view key, std::string_view line) = 0;

    virtual void set_position(Position position) = 0;
    virtual Result<void> commit() = 0;
};

/// A registry made anew beside the one in force, in many small writes, so that memory stays flat; commit() exchanges
/// the two at once. It takes one serial and empties the journal: every secondary gets a full propagation.
class Rebuild {
public:
    virtual ~Rebuild() = default;
    /// In ascending key order, principals before policies.
    virtual Result<void> add(Kind kind, std::string_view key, std::string_view line) = 0;
    virtual Result<Summary> commit(Position position, Time now) = 0;
};

/// Safe to use from any thread.
class Store {
public:
    virtual ~Store() = default;
    virtual Result<std::unique_ptr<Snapshot>> snapshot() = 0;
    virtual Result<std::unique_ptr<Transaction>> begin() = 0;  ///< waits for the writer before
    virtual Result<std::unique_ptr<Rebuild>> rebuild() = 0;

    virtual Result<std::vector<SecondaryRow>> secondaries() = 0;
    /// All in one transaction, so that many secondaries confirm at the price of one.
    virtual Result<void> save(std::span<const SecondaryRow> rows) = 0;
    Result<void> save(const SecondaryRow& row) { return save(std::span(&row, 1)); }
    virtual Result<void> forget_secondary(const std::string& host) = 0;

    /// When the change after `level` was taken in, where the journal still has it.
    virtual Result<std::optional<Time>> time_after(Serial level) = 0;

    /// Takes the oldest changes that exceed the retention out of the journal, in transactions of a bounded size; the
    /// registry stays. Blocks; changes may go on between two of its transactions.
    virtual Result<Trimmed> trim(const Retention& retention, Time now) = 0;

    /// A directory of the store's own, mode 0700, for nameless files as sensitive as the registry.
    virtual const std::string& directory() const = 0;
};

}  // namespace kpropgw::store
