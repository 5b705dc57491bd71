#pragma once
#include <cstddef>
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// As much of a file's beginning as read_header needs to see.
inline constexpr std::size_t header_room = 256;

struct Header {
    DumpVersion version;
    std::size_t size;  ///< of the line, its newline included
};

/// Reads the first line from a file's first bytes, all that it has when they are fewer than header_room. It must be
/// exactly what kdb5_util writes. Any other beginning that is known is refused by its name and with the way out.
Result<Header> read_header(std::string_view beginning);

}  // namespace kpropgw::formats
