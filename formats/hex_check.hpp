#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace kpropgw::formats {

/// One way of checking that every byte is one of 0-9 and a-f. All give the same answer.
struct HexCheck {
    std::string_view name;  ///< "scalar", "sse2", "avx2"
    bool (*usable)();       ///< on this processor
    bool (*all_lower_hex)(const char* text, std::size_t size);
};

/// The slowest first; the last usable one is the one to use.
std::span<const HexCheck> hex_checks();

}  // namespace kpropgw::formats
