#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw {

/// Lower case, two digits a byte.
std::string to_hex(std::string_view bytes);

/// Either case. invalid_input for an odd number of digits or another character; the text never repeats the digits.
Result<std::string> parse_hex(std::string_view digits);

}  // namespace kpropgw
