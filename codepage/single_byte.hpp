#pragma once
#include <array>
#include <optional>

#include "codepage/converter.hpp"

namespace kpropgw::codepage {

/// z/OS UNIX ends its lines with NL; EBCDIC's LF is read as the same.
constexpr unsigned char ebcdic_new_line = 0x15;
constexpr unsigned char ebcdic_line_feed = 0x25;

/// The character of each byte. Of two bytes with the same character the first is written.
using SingleByteTable = std::array<std::optional<char32_t>, 256>;

ConverterPointer make_single_byte_converter(const SingleByteTable& table, const std::string& page);

}  // namespace kpropgw::codepage
