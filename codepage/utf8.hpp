#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "codepage/converter.hpp"

namespace kpropgw::codepage {

/// The character at offset `at` (< size), which moves behind it; absent, and `at` unmoved, when the bytes there are
/// not well-formed UTF-8 (Unicode, table 3-7).
std::optional<char32_t> next_character(std::string_view text, std::size_t& at);

void append_utf8(std::string& text, char32_t character);

bool is_utf8(std::string_view bytes);

/// Checks, and copies.
ConverterPointer make_utf8_converter();

/// The error for the byte at `at`, where next_character() found none.
Error bad_utf8(std::string_view text, std::size_t at);

}  // namespace kpropgw::codepage
