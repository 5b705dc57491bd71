#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "formats/keyed_hash.hpp"
#include "formats/update/dump_file.hpp"
#include "formats/update/hashed_part.hpp"

namespace kpropgw::formats {

/// No record stands there: the header does.
inline constexpr std::uint64_t nowhere = 0;

/// Where the records of one name stand whose lines are not the same, or the one that has no counterpart.
struct Pair {
    std::uint64_t old_place = nowhere;  ///< offset of the line
    std::uint64_t new_place = nowhere;
};

// The records of two dumps, matched by kind and name. Lines are compared as they stand: records that are the same and
// are written in two ways make a pair too. A name that stands twice in a dump is an error that names both lines.
// 16 bytes of memory a pair.

/// In one walk through both at once, without memory for the rest, when both dumps are sorted as kdb5_util writes them:
/// principals, then policies, each bytewise by name. The pairs are in that order. Nothing when one is not sorted.
Result<std::optional<std::vector<Pair>>> match_sorted(const DumpFile& old, const DumpFile& now);

/// In any order, with the memory of a NameTable; parts of the dumps are hashed as `in_order` likes. The pairs are in
/// the order of the new dump, and then in that of the old one those that are gone.
Result<std::vector<Pair>> match_by_hash(const DumpFile& old, const DumpFile& now, const HashKey& key,
                                        const PartsInOrder& in_order);

}  // namespace kpropgw::formats
