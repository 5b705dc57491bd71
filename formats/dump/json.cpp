#include "formats/dump/json.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "formats/dump/version.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

/// `"name":"..."`, or `"name_hex":"..."` for what is not UTF-8.
std::string member(std::string_view name, std::string_view text) {
    try {
        return fmt::format("\"{}\":{}", name, nlohmann::json(text).dump());
    } catch (const nlohmann::json::type_error&) {
        return fmt::format("\"{}_hex\":\"{}\"", name, to_hex(text));
    }
}

// Hex goes straight from the record into the line: no copy of a key is left behind.

void append_tl(std::string& out, const std::vector<TlData>& tl) {
    out += ",\"tl_data\":[";
    for (const TlData& item : tl) {
        if (&item != &tl.front()) out += ',';
        fmt::format_to(std::back_inserter(out), "{{\"type\":{}", item.type);
        if (const auto name = tl_type_name(item.type); !name.empty()) {
            fmt::format_to(std::back_inserter(out), ",\"type_name\":\"{}\"", name);
        }
        fmt::format_to(std::back_inserter(out), ",\"data\":\"{}\"}}", item.hex);
    }
    out += ']';
}

void append_keys(std::string& out, const std::vector<Key>& keys) {
    out += ",\"keys\":[";
    for (const Key& key : keys) {
        if (&key != &keys.front()) out += ',';
        const auto& [first, second] = key.element;
        fmt::format_to(std::back_inserter(out), "{{\"kvno\":{},\"enctype\":{},\"key\":\"{}\"", key.kvno, first.type,
                       first.hex);
        if (key.elements == 2) {
            fmt::format_to(std::back_inserter(out), ",\"salt_type\":{},\"salt\":\"{}\"", second.type, second.hex);
        }
        out += '}';
    }
    out += ']';
}

}  // namespace

std::string json_header(DumpVersion version, const LogPosition& position) {
    std::string line = fmt::format("{{\"record\":\"dump\",\"version\":\"{}\"", to_text(version));
    if (layout_of(version).position) {
        line += fmt::format(",\"serial\":{},\"seconds\":{},\"microseconds\":{}", position.serial, position.seconds,
                            position.microseconds);
    }
    return line + "}\n";
}

void append_json(std::string& out, const Principal& principal) {
    fmt::format_to(std::back_inserter(out),
                   "{{\"record\":\"principal\",{},\"attributes\":{},\"max_life\":{},\"max_renewable_life\":{},"
                   "\"expiration\":{},\"pw_expiration\":{},\"last_success\":{},\"last_failed\":{},"
                   "\"fail_auth_count\":{}",
                   member("name", principal.name), principal.attributes, principal.max_life,
                   principal.max_renewable_life, principal.expiration, principal.pw_expiration, principal.last_success,
                   principal.last_failed, principal.fail_auth_count);
    append_tl(out, principal.tl);
    append_keys(out, principal.keys);
    out += "}\n";
}

void append_json(std::string& out, const Policy& policy) {
    fmt::format_to(std::back_inserter(out),
                   "{{\"record\":\"policy\",{},\"min_life\":{},\"max_life\":{},\"min_length\":{},\"min_classes\":{},"
                   "\"history\":{},\"refcnt\":{},\"max_fail\":{},\"fail_interval\":{},\"lockout_duration\":{},"
                   "\"attributes\":{},\"max_ticket_life\":{},\"max_renewable_ticket_life\":{},{}",
                   member("name", policy.name), policy.min_life, policy.max_life, policy.min_length, policy.min_classes,
                   policy.history, policy.refcnt, policy.max_fail, policy.fail_interval, policy.lockout_duration,
                   policy.attributes, policy.max_ticket_life, policy.max_renewable_ticket_life,
                   member("allowed_keysalts", policy.allowed_keysalts));
    append_tl(out, policy.tl);
    out += "}\n";
}

}  // namespace kpropgw::formats
