#pragma once
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "codepage/converter.hpp"

namespace kpropgw::codepage {

/// The character at offset `at` (< size), which moves behind it; absent, and `at` unmoved, when the bytes there are
/// not well-formed UTF-8 (Unicode, table 3-7).
std::optional<char32_t> next_character(std::string_view text, std::size_t& at);

/// Whether the first eight bytes are there and ASCII: nearly all of a dump is.
inline bool begins_with_ascii(std::string_view text) {
    std::uint64_t bytes = 0;
    if (text.size() < sizeof bytes) return false;
    std::memcpy(&bytes, text.data(), sizeof bytes);
    return (bytes & 0x8080808080808080U) == 0;
}

void append_utf8(std::string& text, char32_t character);

bool is_utf8(std::string_view bytes);

/// Checks, and copies.
ConverterPointer make_utf8_converter();

/// The error for the byte at `at`, where next_character() found none; `offset` is added to its place.
Error bad_utf8(std::string_view text, std::size_t at, std::uint64_t offset);

}  // namespace kpropgw::codepage
