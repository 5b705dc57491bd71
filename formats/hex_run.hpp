#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace kpropgw::formats {

/// Whether every byte is one of 0-9 and a-f.
bool is_lower_hex(std::string_view text);

/// Lower-cases the hexadecimal digits, of either case, at the beginning of `text` and says how many there are.
std::size_t lower_hex_run(std::span<char> text);

}  // namespace kpropgw::formats
