#include "formats/update/name_table.hpp"

namespace kpropgw::formats {

std::size_t NameTable::find_slot(const NameHash& name) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = name.low & mask;
    while (slots_[place] != none && !(may_be(slots_[place], name) && at(number_in(slots_[place])).name == name)) {
        place = (place + 1) & mask;
    }
    return place;
}

void NameTable::prefetch_entry(const NameHash& name) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = name.low & mask;
    while (slots_[place] != none && !may_be(slots_[place], name)) {
        place = (place + 1) & mask;
    }
    if (slots_[place] != none) __builtin_prefetch(&at(number_in(slots_[place])), 1);
}

void NameTable::grow() {
    // The old slots go first, so that both never take memory at once.
    const std::size_t count = slots_.size() * 2;
    slots_ = {};
    slots_.assign(count, none);
    const std::size_t mask = count - 1;
    for (std::size_t number = 0; number < size_; ++number) {
        const NameHash& name = at(number).name;
        std::size_t place = name.low & mask;
        while (slots_[place] != none) {
            place = (place + 1) & mask;
        }
        slots_[place] = slot_for(name, number);
    }
}

NameTable::Found NameTable::find_or_add(const NameHash& name) {
    std::size_t place = find_slot(name);
    if (slots_[place] != none) return {at(number_in(slots_[place])), false};
    if (4 * (size_ + 1) > 3 * slots_.size()) {
        grow();
        place = find_slot(name);
    }
    if (size_ % block_size == 0) blocks_.push_back(std::make_unique_for_overwrite<NameEntry[]>(block_size));
    slots_[place] = slot_for(name, size_);
    NameEntry& entry = at(size_++);
    entry = {};
    entry.name = name;
    return {entry, true};
}

const NameEntry* NameTable::find(const NameHash& name) const {
    const std::size_t place = find_slot(name);
    return slots_[place] == none ? nullptr : &at(number_in(slots_[place]));
}

}  // namespace kpropgw::formats
