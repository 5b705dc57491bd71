#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "formats/dump/line_source.hpp"

namespace kpropgw::formats {

/// Fills the span's beginning with the bytes at an offset and says how many; 0 only behind the last byte.
using ReadAt = std::function<Result<std::size_t>(std::uint64_t, std::span<char>)>;

/// A dump that can be read more than once and from any place; it must not change meanwhile.
struct DumpFile {
    std::string name;  ///< in errors only
    ReadAt read_at;
};

/// The file from `offset` to its end. `file` must outlive what is returned.
ReadBytes read_from(const DumpFile& file, std::uint64_t offset);

}  // namespace kpropgw::formats
