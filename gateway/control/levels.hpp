#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::control {

/// An order to answer when secondaries have reached a level.
struct WaitOrder {
    std::optional<std::uint64_t> serial;  ///< absent: the newest one now
    std::vector<std::string> hosts;       ///< none: every secondary that is sent to without an order
    std::chrono::milliseconds timeout{};  ///< longest wait; the gateway waits longest_wait at most, then is asked again
    bool operator==(const WaitOrder&) const = default;
};

inline constexpr std::chrono::milliseconds longest_wait{5000};

/// A secondary below the level that was waited for.
struct Lacking {
    std::string host;
    std::uint64_t level = 0;
    std::string state;  ///< as status has it
    std::string error;  ///< the last one in words, or ""
};

struct WaitAnswer {
    std::uint64_t serial = 0;    ///< that was waited for
    std::uint64_t registry = 0;  ///< the newest
    std::vector<Lacking> lacking;

    bool reached() const { return registry >= serial && lacking.empty(); }
};

std::string to_json(const WaitOrder& order);
Result<WaitOrder> parse_wait_order(const std::string& json);

std::string to_json(const WaitAnswer& answer);
Result<WaitAnswer> parse_wait_answer(const std::string& json);

/// An order to take a secondary past one update.
struct SkipOrder {
    std::string host;
    std::uint64_t serial = 0;
    bool operator==(const SkipOrder&) const = default;
};

std::string to_json(const SkipOrder& order);
Result<SkipOrder> parse_skip_order(const std::string& json);

}  // namespace kpropgw::control
