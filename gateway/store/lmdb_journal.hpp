#pragma once
// Private to gateway/store: the journal's entries as octets.
#include <memory>
#include <string>

#include "base/secret.hpp"
#include "gateway/store/change.hpp"
#include "gateway/store/lmdb_layout.hpp"

namespace kpropgw::store::lmdb {

/// 8 octets, big-endian, so that keys stand in the order of serials.
std::string journal_key(Serial serial);

/// The entry of a change (its serial is the key). `content` is the canonical line of a put, the name of an erase.
SecretText journal_entry(Time time, Operation operation, Kind kind, const ChangeNote& note, std::string_view content);

/// Views of the change point into both. corrupt for what journal_key() and journal_entry() do not write.
Result<Change> parse_change(std::string_view key, std::string_view entry);

/// The changes above `level`; the transaction must outlive the cursor.
Result<std::unique_ptr<JournalCursor>> open_journal(const Txn& txn, const Databases& databases, const Summary& summary,
                                                    Serial level);

/// Store::snapshot's time_of().
Result<std::optional<Time>> time_of(const Txn& txn, const Databases& databases, const Summary& summary, Serial serial);

/// Takes the oldest changes that exceed the retention out, at most as many as one transaction should; says how many,
/// and corrects the summary.
Result<std::uint64_t> trim_some(Txn& txn, const Databases& databases, const Retention& retention, Time now,
                                Summary& summary);

}  // namespace kpropgw::store::lmdb
