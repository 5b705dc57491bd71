#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "formats/update/record_kind.hpp"

namespace kpropgw::formats {

/// The error of a name that stands in a file twice.
Error stands_twice(const std::string& file, std::uint64_t line, std::uint64_t first_line, RecordKind kind,
                   std::string_view name);

}  // namespace kpropgw::formats
