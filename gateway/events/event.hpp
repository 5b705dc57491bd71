#pragma once
#include <cstdint>
#include <string_view>

namespace kpropgw::events {

enum class Level : std::uint8_t { debug, info, warning, error, critical };

/// A kind of thing that the running gateway reports. What happened to whom is said by the fields of a report.
struct Event {
    std::string_view id;  ///< "push-refused"
    Level level;
    std::string_view text;     ///< one line: what happened
    std::string_view meaning;  ///< what happened and what it means
    std::string_view remedy;   ///< what to do, with the exact commands in backticks
};

/// "debug", "info", "warning", "error", "critical"
std::string_view to_text(Level level);

}  // namespace kpropgw::events
