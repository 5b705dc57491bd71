#pragma once
#include <compare>
#include <cstdint>

namespace kpropgw {

/// The number of a change in the journal, from 1; 0 is "before the first".
struct Serial {
    std::uint64_t value = 0;
    auto operator<=>(const Serial&) const = default;
};

}  // namespace kpropgw
