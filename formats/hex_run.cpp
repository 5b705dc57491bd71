#include "formats/hex_run.hpp"

#include <cstdint>

namespace kpropgw::formats {

bool is_lower_hex(std::string_view text) {
    // No way out of the loop, so that the compiler checks many bytes in one step.
    std::uint8_t wrong = 0;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        const bool digit = static_cast<std::uint8_t>(byte - '0') <= 9;
        const bool letter = static_cast<std::uint8_t>(byte - 'a') <= 5;
        wrong = static_cast<std::uint8_t>(wrong | static_cast<std::uint8_t>(!(digit | letter)));
    }
    return wrong == 0;
}

std::size_t lower_hex_run(std::span<char> text) {
    std::size_t count = 0;
    for (char& c : text) {
        if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) break;
        ++count;
    }
    return count;
}

}  // namespace kpropgw::formats
