#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::control {

// What goes over the control socket: HTTP/1.1 (RFC 9112) with JSON bodies.
//
//   GET  /v1/status  ->  200, a Status (to_json)
//   POST /v1/prop    ->  200, {"order", "serial", "answers": [{"host", "outcome", "text", ...}, ...]} (prop.hpp)
//        body: {"hosts": ["kdc2.example.com", ...], "full": false}, or "all": true or "role": "Manual" for "hosts"
//   GET  /v1/prop/report?order=NUMBER  ->  200, the same as it is now; 404 when the gateway does not remember it
//   POST /v1/refresh  ->  200, {"source", "before", "after", "full_comes"}, within longest_refresh
//   GET  /v1/journal?since=SERIAL&limit=COUNT  ->  200, a JournalPage (journal.hpp)
//   POST /v1/wait    ->  200, {"serial", "registry", "lacking": [{"host", "level", "state", "error"}, ...]}
//        body: {"serial": 42, "hosts": [...], "timeout_ms": 5000}; each may be left out
//   POST /v1/skip    ->  200, {}
//        body: {"host": "kdc2.example.com", "serial": 42}
//   POST /v1/freeze  ->  200, {"sending": false}
//        body: {"host": "kdc2.example.com", "reason": "why"}
//   POST /v1/thaw    ->  200, {}
//        body: {"host": "kdc2.example.com"}
//   POST /v1/probe   ->  200, {"answers": [...]} (probe.hpp)
//        body: {"hosts": [...], "principal": "user@REALM"}; each may be left out
//   POST /v1/reload  ->  200, {"changes": ["[gateway] prop_interval: 2m, was 5m", ...], "problems": [...]}
//        where there are problems, nothing has changed
//   GET  /v1/events?after=NUMBER&limit=COUNT&wait_ms=MS  ->  200, an EventsPage (events.hpp)
//   anything that goes wrong  ->  4xx or 5xx, {"error": "in words"}

inline constexpr std::string_view status_target = "/v1/status";
inline constexpr std::string_view prop_target = "/v1/prop";
inline constexpr std::string_view prop_report_target = "/v1/prop/report";
inline constexpr std::string_view refresh_target = "/v1/refresh";
inline constexpr std::string_view journal_target = "/v1/journal";
inline constexpr std::string_view wait_target = "/v1/wait";
inline constexpr std::string_view skip_target = "/v1/skip";
inline constexpr std::string_view freeze_target = "/v1/freeze";
inline constexpr std::string_view thaw_target = "/v1/thaw";
inline constexpr std::string_view probe_target = "/v1/probe";
inline constexpr std::string_view reload_target = "/v1/reload";
inline constexpr std::string_view events_target = "/v1/events";
inline constexpr std::size_t largest_request = 1 << 20;  ///< bytes of a body

std::string to_json(const Error& error);
/// The text of {"error": TEXT}, or "" when it is something else.
std::string parse_error_text(const std::string& json);

}  // namespace kpropgw::control
