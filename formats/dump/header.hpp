#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// As much of a file's beginning as read_header needs to see.
inline constexpr std::size_t header_room = 256;

/// Where in the primary's update log a dump for iprop stands (MIT iprop.x:kdb_last_t).
struct LogPosition {
    std::uint32_t serial = 0;
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;
    bool operator==(const LogPosition&) const = default;
};

struct Header {
    DumpVersion version;
    std::size_t size;                     ///< of the line, its newline included
    std::optional<LogPosition> position;  ///< of iprop and ipropx
};

/// Reads the first line from a file's first bytes, all that it has when they are fewer than header_room. It must be
/// exactly what kdb5_util writes. Any other beginning that is known is refused by its name and with the way out.
Result<Header> read_header(std::string_view beginning);

/// The first line with its newline; `position` is written for iprop and ipropx only.
std::string header_line(DumpVersion version, const LogPosition& position = {});

}  // namespace kpropgw::formats
