#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>

#include "formats/update/match.hpp"
#include "formats/update/name_table.hpp"
#include "formats/update/record_walk.hpp"
#include "formats/update/twice.hpp"

namespace kpropgw::formats {
namespace {

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

/// Takes the part's records to the table, up to one that `take` does not take: where that stands, or `nowhere`.
template <class Take>
std::uint64_t take_to_table(const HashedPart& part, NameTable& table, const Take& take) {
    // Some at a time: while one is looked up, memory brings the next ones near.
    constexpr std::size_t at_once = 64;
    for (std::size_t begin = 0; begin < part.records.size(); begin += at_once) {
        const auto records = std::span(part.records).subspan(begin, std::min(at_once, part.records.size() - begin));
        for (const HashedRecord& record : records)
            table.prefetch_slot(record.name);
        for (const HashedRecord& record : records)
            table.prefetch_entry(record.name);
        for (const HashedRecord& record : records) {
            if (!take(table.find_or_add(record.name), record)) return record.place;
        }
    }
    return nowhere;
}

/// Takes every record of a dump to the table.
template <class Take>
Result<void> walk_to_table(const DumpFile& file, const Header& header, const HashKey& key, const PartsInOrder& in_order,
                           NameTable& table, const Take& take) {
    std::uint64_t lines = 1;
    bool empty = true;
    const auto here = [&](const Error& error) { return error.in(fmt::format("{}:{}", file.name, lines)); };
    return in_order([&](std::size_t number) { return hash_part(file, header, number, key); },
                    [&](const HashedPart& part) -> Result<bool> {
                        const std::uint64_t refused = take_to_table(part, table, take);
                        if (refused != nowhere) return twice(file, refused);
                        lines += part.lines;
                        empty = empty && part.records.empty();
                        if (!part.outcome) return here(part.outcome.error());
                        if (part.is_last && empty) return here(DumpReader::no_record());
                        return !part.is_last;
                    });
}

}  // namespace

Result<std::vector<Pair>> match_by_hash(const DumpFile& old, const DumpFile& now, const HashKey& key,
                                        const PartsInOrder& in_order) {
    const auto old_header = header_of(old);
    if (!old_header) return old_header.error();
    const auto new_header = header_of(now);
    if (!new_header) return new_header.error();
    // A policy's line says less in an older version.
    const bool same_version = old_header->version == new_header->version;

    NameTable table;
    const auto old_taken = walk_to_table(old, *old_header, key, in_order, table,
                                         [](const NameTable::Found& found, const HashedRecord& record) {
                                             found.entry.record = record.record;
                                             found.entry.place = record.place;
                                             return found.is_new;
                                         });
    if (!old_taken) return old_taken.error();

    std::vector<Pair> pairs;
    const auto new_taken = walk_to_table(
        now, *new_header, key, in_order, table,
        [&pairs, same_version](const NameTable::Found& found, const HashedRecord& record) {
            if (found.entry.in_new != 0) return false;
            found.entry.in_new = 1;
            const bool comparable = same_version || record.is_policy == 0;
            if (found.is_new || !comparable || found.entry.record != record.record) {
                pairs.push_back({found.is_new ? nowhere : std::uint64_t{found.entry.place}, record.place});
            }
            return true;
        });
    if (!new_taken) return new_taken.error();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const NameEntry& entry = table.at(i);
        if (entry.in_new == 0) pairs.push_back({entry.place, nowhere});
    }
    return pairs;
}

}  // namespace kpropgw::formats
