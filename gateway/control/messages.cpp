#include "gateway/control/messages.hpp"

#include "gateway/control/json.hpp"

namespace kpropgw::control {

std::string to_json(const Error& error) {
    return print({{"error", error.text()}});
}

std::string parse_error_text(const std::string& json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("error") || !parsed["error"].is_string()) return "";
    return parsed["error"].get<std::string>();
}

}  // namespace kpropgw::control
