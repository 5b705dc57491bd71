#include "formats/hex_run.hpp"

#include <algorithm>

#include "formats/hex_check.hpp"

namespace kpropgw::formats {

namespace {

const HexCheck& fastest() {
    const auto checks = hex_checks();
    return *std::find_if(checks.rbegin(), checks.rend(), [](const HexCheck& check) { return check.usable(); });
}

}  // namespace

bool is_lower_hex(std::string_view text) {
    static const auto check = fastest().all_lower_hex;
    return check(text.data(), text.size());
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
