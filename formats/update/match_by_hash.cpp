#include "formats/update/match.hpp"
#include "formats/update/name_table.hpp"
#include "formats/update/record_walk.hpp"
#include "formats/update/twice.hpp"

namespace kpropgw::formats {
namespace {

/// A policy and a principal may have one name.
NameHash hash_of(const HashKey& key, const RecordWalk& record) {
    NameHash hash = hash_name(key, record.name());
    if (record.kind() == RecordKind::policy) hash.high = ~hash.high;
    return hash;
}

/// The first line is looked for only when there is something to say about it.
Error twice(const DumpFile& file, const RecordWalk& second) {
    auto first = RecordWalk::open(file);
    while (first) {
        const auto more = first->next();
        if (!more) return more.error();
        if (!*more) break;
        if (first->kind() != second.kind() || first->name() != second.name()) continue;
        return stands_twice(file.name, second.line_number(), first->line_number(), second.kind(), second.name());
    }
    return {Errc::conflict, file.name + ": the file changed while it was read"};
}

Result<DumpVersion> remember(const DumpFile& file, const HashKey& key, NameTable& table) {
    auto walk = RecordWalk::open(file);
    if (!walk) return walk.error();
    for (;;) {
        const auto more = walk->next();
        if (!more) return more.error();
        if (!*more) return walk->version();
        const auto found = table.find_or_add(hash_of(key, *walk));
        if (!found.is_new) return twice(file, *walk);
        found.entry.record = hash_record(key, walk->line());
        found.entry.place = walk->offset() & largest_place;
        found.entry.in_old = 1;
    }
}

}  // namespace

Result<std::vector<Pair>> match_by_hash(const DumpFile& old, const DumpFile& now, const HashKey& key) {
    NameTable table;
    const auto old_version = remember(old, key, table);
    if (!old_version) return old_version.error();
    auto walk = RecordWalk::open(now);
    if (!walk) return walk.error();
    const bool same_version = walk->version() == *old_version;
    std::vector<Pair> pairs;
    for (;;) {
        const auto more = walk->next();
        if (!more) return more.error();
        if (!*more) break;
        const auto [entry, is_new] = table.find_or_add(hash_of(key, *walk));
        if (entry.in_new != 0) return twice(now, *walk);
        entry.in_new = 1;
        const bool comparable = same_version || walk->kind() == RecordKind::principal;
        if (is_new || !comparable || entry.record != hash_record(key, walk->line())) {
            pairs.push_back({is_new ? nowhere : entry.place, walk->offset()});
        }
    }
    for (std::size_t i = 0; i < table.size(); ++i) {
        const NameEntry& entry = table.at(i);
        if (entry.in_new == 0) pairs.push_back({entry.place, nowhere});
    }
    return pairs;
}

}  // namespace kpropgw::formats
