#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "formats/keyed_hash.hpp"
#include "formats/update/dump_file.hpp"

namespace kpropgw::formats {

/// What is remembered of a record while dumps are compared.
struct NameEntry {
    NameHash name;
    std::uint64_t record;      ///< hash of its line
    std::uint64_t place : 63;  ///< offset of its line
    std::uint64_t in_new : 1;  ///< the new dump has it too, or alone
};
static_assert(sizeof(NameEntry) == 32);

/// Names by their hash, in 43 to 54 bytes each: entries stand in blocks in the order in which they came, and never
/// move; an open table finds them.
class NameTable {
public:
    NameTable() : slots_(first_slots, none) {}

    /// Brings near what find_or_add() will read. In two steps, since one read depends on the other: with some
    /// other names between the steps none of them waits for memory.
    void prefetch_slot(const NameHash& name) const { __builtin_prefetch(&slots_[name.low & (slots_.size() - 1)], 1); }
    void prefetch_entry(const NameHash& name) const;

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
    static constexpr std::uint64_t none = UINT64_MAX;

    /// The entry's number in the lower half, and of its name's hash what does not choose the slot in the upper one:
    /// an entry of another name is hardly ever looked at.
    static std::uint64_t slot_for(const NameHash& name, std::size_t number) {
        return (name.high & 0xffffffff00000000) | number;
    }
    static bool may_be(std::uint64_t slot, const NameHash& name) { return (slot ^ name.high) >> 32 == 0; }
    static std::size_t number_in(std::uint64_t slot) { return slot & 0xffffffff; }

    /// Where the name's slot is, or where it would be.
    std::size_t find_slot(const NameHash& name) const;
    void grow();

    std::vector<std::uint64_t> slots_;  ///< a power of two of them, at most three quarters in use
    std::vector<std::unique_ptr<NameEntry[]>> blocks_;
    std::size_t size_ = 0;
};

}  // namespace kpropgw::formats
