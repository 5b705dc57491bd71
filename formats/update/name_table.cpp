#include "formats/update/name_table.hpp"

namespace kpropgw::formats {

std::size_t NameTable::slot_of(const NameHash& name) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = name.low & mask;
    while (slots_[slot] != none && at(slots_[slot]).name != name) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void NameTable::grow() {
    // The old slots go first, so that both never take memory at once.
    const std::size_t slots = slots_.size() * 2;
    slots_ = {};
    slots_.assign(slots, none);
    const std::size_t mask = slots - 1;
    for (std::size_t number = 0; number < size_; ++number) {
        std::size_t slot = at(number).name.low & mask;
        while (slots_[slot] != none) {
            slot = (slot + 1) & mask;
        }
        slots_[slot] = static_cast<std::uint32_t>(number);
    }
}

NameTable::Found NameTable::find_or_add(const NameHash& name) {
    std::size_t slot = slot_of(name);
    if (slots_[slot] != none) return {at(slots_[slot]), false};
    if (2 * (size_ + 1) > slots_.size()) {
        grow();
        slot = slot_of(name);
    }
    if (size_ % block_size == 0) blocks_.push_back(std::make_unique_for_overwrite<NameEntry[]>(block_size));
    slots_[slot] = static_cast<std::uint32_t>(size_);
    NameEntry& entry = at(size_++);
    entry = {};
    entry.name = name;
    return {entry, true};
}

const NameEntry* NameTable::find(const NameHash& name) const {
    const std::size_t slot = slot_of(name);
    return slots_[slot] == none ? nullptr : &at(slots_[slot]);
}

}  // namespace kpropgw::formats
