#pragma once
#include <cstdint>

#include "formats/inspect/tl_contents.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

/// A principal as the checks and counts see it.
struct Inspected {
    const Principal& principal;
    const TlContents& contents;
    std::uint64_t line;  ///< of the dump
};

}  // namespace kpropgw::formats
