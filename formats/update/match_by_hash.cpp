#include <array>
#include <string>

#include "formats/update/match.hpp"
#include "formats/update/name_table.hpp"
#include "formats/update/record_walk.hpp"
#include "formats/update/twice.hpp"

namespace kpropgw::formats {
namespace {

/// What the table is asked about a record, without its line.
struct Hashed {
    NameHash name;
    std::uint64_t record;
    std::uint64_t place;
    bool comparable;
};

/// The error of the name of the record at `place`, which stands in the file before too: it is looked for only now.
Error twice(const DumpFile& file, std::uint64_t place) {
    std::string name;
    std::uint64_t line = 0;
    RecordKind kind{};
    auto walk = RecordWalk::open(file);
    while (walk && walk->offset() != place) {
        const auto more = walk->next();
        if (!more) return more.error();
        if (!*more) break;
        name = walk->name();
        kind = walk->kind();
        line = walk->line_number();
    }
    auto first = RecordWalk::open(file);
    while (first) {
        const auto more = first->next();
        if (!more) return more.error();
        if (!*more || first->offset() == place) break;
        if (first->kind() != kind || first->name() != name) continue;
        return stands_twice(file.name, line, first->line_number(), kind, name);
    }
    return {Errc::conflict, file.name + ": the file changed while it was read"};
}

/// Records on their way to the table, some at a time: while one is looked up, memory brings the next ones near.
class Batch {
public:
    bool is_full() const { return size_ == records_.size(); }

    void add(const HashKey& key, const RecordWalk& walk, bool same_version, const NameTable& table) {
        Hashed& record = records_[size_++];
        record.name = hash_name(key, walk.name());
        // A policy and a principal may have one name.
        if (walk.kind() == RecordKind::policy) record.name.high = ~record.name.high;
        record.record = hash_record(key, walk.line());
        record.place = walk.offset() & largest_place;
        record.comparable = same_version || walk.kind() == RecordKind::principal;
        table.prefetch_slot(record.name);
    }

    /// Ends at the first record that `take` does not take and says where it stands, or `nowhere`.
    template <class Take>
    std::uint64_t empty_into(NameTable& table, const Take& take) {
        const std::span records(records_.data(), std::exchange(size_, 0));
        for (const Hashed& record : records) {
            table.prefetch_entry(record.name);
        }
        for (const Hashed& record : records) {
            if (!take(table.find_or_add(record.name), record)) return record.place;
        }
        return nowhere;
    }

private:
    std::array<Hashed, 64> records_;
    std::size_t size_ = 0;
};

/// Takes every record of a dump to the table; `same_version` is asked once its version is known.
template <class SameVersion, class Take>
Result<DumpVersion> walk_to_table(const DumpFile& file, const HashKey& key, NameTable& table,
                                  const SameVersion& same_version, const Take& take) {
    auto walk = RecordWalk::open(file);
    if (!walk) return walk.error();
    const bool comparable = same_version(walk->version());
    Batch batch;
    for (;;) {
        const auto more = walk->next();
        if (more && *more) batch.add(key, *walk, comparable, table);
        if (more && *more && !batch.is_full()) continue;
        const std::uint64_t refused = batch.empty_into(table, take);
        if (refused != nowhere) return twice(file, refused);
        if (!more) return more.error();
        if (!*more) return walk->version();
    }
}

}  // namespace

Result<std::vector<Pair>> match_by_hash(const DumpFile& old, const DumpFile& now, const HashKey& key) {
    NameTable table;
    const auto old_version = walk_to_table(
        old, key, table, [](DumpVersion) { return true; },
        [](const NameTable::Found& found, const Hashed& record) {
            found.entry.record = record.record;
            found.entry.place = record.place & largest_place;
            return found.is_new;
        });
    if (!old_version) return old_version.error();

    std::vector<Pair> pairs;
    const auto new_version = walk_to_table(
        now, key, table, [&](DumpVersion version) { return version == *old_version; },
        [&pairs](const NameTable::Found& found, const Hashed& record) {
            if (found.entry.in_new != 0) return false;
            found.entry.in_new = 1;
            if (found.is_new || !record.comparable || found.entry.record != record.record) {
                pairs.push_back({found.is_new ? nowhere : std::uint64_t{found.entry.place}, record.place});
            }
            return true;
        });
    if (!new_version) return new_version.error();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const NameEntry& entry = table.at(i);
        if (entry.in_new == 0) pairs.push_back({entry.place, nowhere});
    }
    return pairs;
}

}  // namespace kpropgw::formats
