#pragma once
#include <cstddef>
#include <string>

#include "base/error.hpp"

namespace kpropgw::control {

inline constexpr std::size_t longest_reason = 500;  ///< bytes

/// An order to send a secondary nothing until it is thawed.
struct FreezeOrder {
    std::string host;
    std::string reason;  ///< status shows it
    bool operator==(const FreezeOrder&) const = default;
};

struct FreezeAnswer {
    bool sending = false;  ///< a dump was under way, and is finished
};

struct ThawOrder {
    std::string host;
    bool operator==(const ThawOrder&) const = default;
};

std::string to_json(const FreezeOrder& order);
/// invalid_input too for a reason that is empty, too long or of more than one line.
Result<FreezeOrder> parse_freeze_order(const std::string& json);

std::string to_json(const FreezeAnswer& answer);
Result<FreezeAnswer> parse_freeze_answer(const std::string& json);

std::string to_json(const ThawOrder& order);
Result<ThawOrder> parse_thaw_order(const std::string& json);

}  // namespace kpropgw::control
