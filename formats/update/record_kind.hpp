#pragma once
#include <cstdint>
#include <string_view>

namespace kpropgw::formats {

/// In the order in which kdb5_util dumps them.
enum class RecordKind : std::uint8_t { principal, policy };

/// "principal", "policy"
constexpr std::string_view to_text(RecordKind kind) {
    return kind == RecordKind::principal ? "principal" : "policy";
}

}  // namespace kpropgw::formats
