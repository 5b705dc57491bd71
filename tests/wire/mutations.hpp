#pragma once
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace kpropgw::wire {

/// Calls `see` with 2,000 texts that differ from `original` in one to three bytes; a failure shows the seed.
template <class See>
void for_each_mutation(const std::string& original, See see) {
    const unsigned seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int i = 0; i < 2000; ++i) {
        std::string changed = original;
        for (auto changes = 1 + random() % 3; changes > 0; --changes)
            changed[random() % changed.size()] = static_cast<char>(random());
        see(changed);
    }
}

}  // namespace kpropgw::wire
