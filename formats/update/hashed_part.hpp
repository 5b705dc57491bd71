#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "formats/dump/header.hpp"
#include "formats/keyed_hash.hpp"
#include "formats/update/dump_file.hpp"

namespace kpropgw::formats {

/// What a NameTable is asked about a record, without its line.
struct HashedRecord {
    NameHash name;  ///< of a policy another than of a principal of that name
    std::uint64_t record;
    std::uint64_t place : 63;  ///< offset of the line
    std::uint64_t is_policy : 1;
    bool operator==(const HashedRecord&) const = default;
};

/// The records whose lines begin in one part of a dump.
struct HashedPart {
    std::vector<HashedRecord> records;
    std::uint64_t lines = 0;  ///< that were read, blank ones and the one with the error included
    bool is_last = false;     ///< the dump ends in it
    Result<void> outcome;     ///< the error of the line behind the records; does not say where
};

/// Bytes of a dump that make a part.
inline constexpr std::uint64_t usual_part = std::uint64_t{4} << 20;

/// Part `number`, from 0 on; one behind the dump's end is an empty last one. Safe to be called from several threads
/// at once where file.read_at is.
HashedPart hash_part(const DumpFile& file, const Header& header, std::size_t number, const HashKey& key,
                     std::uint64_t part_size = usual_part);

/// Calls `make` for 0, 1 and so on, on any threads and for several numbers at once, and `take` in their order on the
/// caller's thread, until that gives false or an error, which is the outcome. No `make` is under way then.
using PartsInOrder = std::function<Result<void>(const std::function<HashedPart(std::size_t)>& make,
                                                const std::function<Result<bool>(HashedPart)>& take)>;

/// All on the caller's thread.
Result<void> one_after_another(const std::function<HashedPart(std::size_t)>& make,
                               const std::function<Result<bool>(HashedPart)>& take);

}  // namespace kpropgw::formats
