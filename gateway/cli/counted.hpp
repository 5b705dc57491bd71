#pragma once
#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace kpropgw::cli {

/// "no errors", "1 error", "2 errors"; `plural` where an s does not make it.
inline std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural = {}) {
    if (count == 1) return fmt::format("1 {}", noun);
    const std::string number = count == 0 ? "no" : std::to_string(count);
    return plural.empty() ? fmt::format("{} {}s", number, noun) : fmt::format("{} {}", number, plural);
}

}  // namespace kpropgw::cli
