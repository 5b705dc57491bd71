#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kpropgw::formats {

/// Where a principal's line has its name, and the length of it, which counts bytes of the line's code page.
struct NamePlace {
    std::size_t length_at = 0;
    std::size_t length_digits = 0;
    std::size_t name_at = 0;
    std::size_t name_size = 0;  ///< as the length says; the line may end before
};

/// Nothing for a line that is not a principal's, or not well formed as far as its name: a reader says why.
std::optional<NamePlace> find_name(std::string_view line);

/// `line` with another length of its name.
std::string with_name_length(std::string_view line, const NamePlace& place, std::size_t length);

}  // namespace kpropgw::formats
