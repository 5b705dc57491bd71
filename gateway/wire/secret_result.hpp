#pragma once
#include <algorithm>
#include <cstddef>

#include "base/secret.hpp"

namespace kpropgw::wire {

/// Makes room for `more` bytes of a text that holds keys, and wipes the memory that it outgrows.
inline void make_room(SecretText& held, std::size_t more) {
    const std::size_t needed = held.text.size() + more;
    if (needed <= held.text.capacity()) return;
    SecretText larger;
    larger.text.reserve(std::max(needed, 2 * held.text.capacity()));
    larger.text = held.text;
    held = std::move(larger);
}

}  // namespace kpropgw::wire
