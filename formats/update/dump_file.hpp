#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "formats/dump/header.hpp"
#include "formats/dump/line_source.hpp"

namespace kpropgw::formats {

/// Of a file's offsets: one bit is left for a mark.
inline constexpr std::uint64_t largest_place = (std::uint64_t{1} << 63) - 1;

/// Fills the span's beginning with the bytes at an offset and says how many; 0 only behind the last byte.
using ReadAt = std::function<Result<std::size_t>(std::uint64_t, std::span<char>)>;

/// A dump that can be read more than once and from any place; it must not change meanwhile.
struct DumpFile {
    std::string name;  ///< in errors only
    ReadAt read_at;
};

/// Its first line. Errors name the file.
Result<Header> header_of(const DumpFile& file);

/// The file from `offset` to its end. `file` must outlive what is returned.
ReadBytes read_from(const DumpFile& file, std::uint64_t offset);

}  // namespace kpropgw::formats
