#pragma once
#include <string>
#include <string_view>

namespace kpropgw {

/// Lower case, two digits a byte.
std::string to_hex(std::string_view bytes);

/// Appends the bytes that `hex` stands for: an even count of digits in lower case, as records hold them. Where the
/// bytes are keys the owner of `out` wipes it.
void append_bytes_of_hex(std::string& out, std::string_view hex);

}  // namespace kpropgw
