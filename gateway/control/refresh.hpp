#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "base/error.hpp"

namespace kpropgw::control {

/// The gateway answers a refresh after so long at the latest.
inline constexpr std::chrono::milliseconds longest_refresh{30000};

/// What the source had when it was asked at once.
struct RefreshAnswer {
    std::string source;        ///< as kpropgw.conf has it: "iprop:kdc1.example.com:2121"
    std::uint64_t before = 0;  ///< the newest serial when the order came
    std::uint64_t after = 0;   ///< and when the source had answered
    bool full_comes = false;   ///< it was asked for its whole registry, which it pushes by itself

    bool operator==(const RefreshAnswer&) const = default;
};

std::string to_json(const RefreshAnswer& answer);
Result<RefreshAnswer> parse_refresh_answer(const std::string& json);

}  // namespace kpropgw::control
