#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "gateway/control/status.hpp"

namespace kpropgw::control {

// What goes over the control socket: HTTP/1.1 (RFC 9112) with JSON bodies.
//
//   GET  /v1/status  ->  200, a Status (to_json)
//   POST /v1/prop    ->  200, {"answers": [{"host", "outcome", "text"}, ...]}
//        body: {"hosts": ["kdc2.example.com", ...], "all": false, "wait": false}; each may be left out
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
//   anything that goes wrong  ->  4xx or 5xx, {"error": "in words"}

inline constexpr std::string_view status_target = "/v1/status";
inline constexpr std::string_view prop_target = "/v1/prop";
inline constexpr std::string_view journal_target = "/v1/journal";
inline constexpr std::string_view wait_target = "/v1/wait";
inline constexpr std::string_view skip_target = "/v1/skip";
inline constexpr std::string_view freeze_target = "/v1/freeze";
inline constexpr std::string_view thaw_target = "/v1/thaw";
inline constexpr std::string_view probe_target = "/v1/probe";
inline constexpr std::string_view reload_target = "/v1/reload";
inline constexpr std::size_t largest_request = 1 << 20;  ///< bytes of a body

struct PropOrder {
    std::vector<std::string> hosts;
    bool all = false;
    bool wait = false;
    bool operator==(const PropOrder&) const = default;
};

std::string to_json(const PropOrder& order);
/// invalid_input too for an order that names no host and not all, or both.
Result<PropOrder> parse_prop_order(const std::string& json);

std::string to_json(const std::vector<PropAnswer>& answers);
Result<std::vector<PropAnswer>> parse_prop_answers(const std::string& json);

std::string to_json(const Error& error);
/// The text of {"error": TEXT}, or "" when it is something else.
std::string parse_error_text(const std::string& json);

}  // namespace kpropgw::control
