#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "formats/update/keyed_hash.hpp"

namespace kpropgw::formats {

/// Of a file's offsets: two bits are left for marks.
inline constexpr std::uint64_t largest_place = (std::uint64_t{1} << 62) - 1;

/// What is remembered of a record while dumps are compared.
struct NameEntry {
    NameHash name;
    std::uint64_t record;      ///< hash of its line
    std::uint64_t place : 62;  ///< offset of its line
    std::uint64_t in_old : 1;  ///< the place is one in the old dump, not in the new one
    std::uint64_t in_new : 1;
};
static_assert(sizeof(NameEntry) == 32);

/// Names by their hash, in 40 to 48 bytes each, 56 while it grows: entries stand in blocks in the order in which they
/// came, and never move; an open table of their numbers finds them.
class NameTable {
public:
    NameTable() : slots_(first_slots, none) {}

    struct Found {
        NameEntry& entry;
        bool is_new;  ///< it was not there: all but its name is still to be set
    };
    /// At most 2^32 - 1 names.
    Found find_or_add(const NameHash& name);
    const NameEntry* find(const NameHash& name) const;

    std::size_t size() const { return size_; }
    const NameEntry& at(std::size_t number) const { return blocks_[number / block_size][number % block_size]; }
    NameEntry& at(std::size_t number) { return blocks_[number / block_size][number % block_size]; }

private:
    static constexpr std::size_t first_slots = 1024;
    static constexpr std::size_t block_size = 32768;
    static constexpr std::uint32_t none = UINT32_MAX;

    /// Where the name's number stands, or where it would.
    std::size_t slot_of(const NameHash& name) const;
    void grow();

    std::vector<std::uint32_t> slots_;  ///< a power of two of them, at most half in use
    std::vector<std::unique_ptr<NameEntry[]>> blocks_;
    std::size_t size_ = 0;
};

}  // namespace kpropgw::formats
