#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "gateway/events/ring.hpp"

namespace kpropgw::control {

/// An event as an operator reads it.
struct ReportedEvent {
    std::uint64_t number = 0;  ///< from 1 on since the gateway's start, without gaps
    Time time{};
    std::string id;     ///< "push-refused": what explain takes
    std::string level;  ///< "warning"
    std::string text;   ///< what happened, one line
    std::vector<events::Occurrence::Field> fields;
};

ReportedEvent to_reported(const events::Occurrence& occurrence);

/// One JSON object without a newline: {"number", "time", "id", "level", "text", "fields": {NAME: TEXT, ...}}. The names
/// and the ids do not change.
std::string to_json(const ReportedEvent& event);

struct EventsQuery {
    std::uint64_t after = 0;            ///< those with a higher number
    std::uint64_t limit = 0;            ///< at most so many, and at most largest_events_page
    std::chrono::milliseconds wait{0};  ///< how long to wait for one when there is none; at most longest_events_wait
    bool operator==(const EventsQuery&) const = default;
};

inline constexpr std::uint64_t largest_events_page = 1000;
inline constexpr std::chrono::milliseconds longest_events_wait{25000};

/// Some of what the gateway still has, the oldest first.
struct EventsPage {
    Time started{};          ///< of the gateway: another one counts from 1 again
    std::uint64_t last = 0;  ///< the newest number; below `after` when the gateway was started anew
    std::vector<ReportedEvent> events;
};

/// What stands behind the '?': "after=41&limit=1000&wait_ms=25000". Each may be left out.
std::string to_query(const EventsQuery& query);
Result<EventsQuery> parse_events_query(std::string_view text);

std::string to_json(const EventsPage& page);
Result<EventsPage> parse_events_page(const std::string& json);

}  // namespace kpropgw::control
