#include "gateway/control/freeze.hpp"

#include <fmt/format.h>

#include "gateway/control/json.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::control {
namespace {

Error wrong(const std::string& what) {
    return Error(Errc::invalid_input, "order: " + what);
}

}  // namespace

std::string to_json(const FreezeOrder& order) {
    return print({{"host", order.host}, {"reason", order.reason}});
}

Result<FreezeOrder> parse_freeze_order(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("the body is not a JSON object");
    if (json.size() != 2 || !json.contains("host") || !json.contains("reason")) {
        return wrong("\"host\" and \"reason\" are wanted, and nothing else");
    }
    if (!json["host"].is_string()) return wrong("a host is not a string");
    if (!json["reason"].is_string()) return wrong("\"reason\" is not a string");
    FreezeOrder order{json["host"], json["reason"]};
    if (order.reason.empty()) return wrong("the reason is empty: say why, status shows it");
    if (order.reason.size() > longest_reason) {
        return wrong(
            fmt::format("the reason of {} bytes exceeds the limit of {}", order.reason.size(), longest_reason));
    }
    if (order.reason != printable(order.reason)) return wrong("the reason is not one line of text");
    return order;
}

std::string to_json(const FreezeAnswer& answer) {
    return print({{"sending", answer.sending}});
}

Result<FreezeAnswer> parse_freeze_answer(const std::string& text) {
    try {
        return FreezeAnswer{Json::parse(text).at("sending").get<bool>()};
    } catch (const Json::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answer: ") + problem.what());
    }
}

std::string to_json(const ThawOrder& order) {
    return print({{"host", order.host}});
}

Result<ThawOrder> parse_thaw_order(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("the body is not a JSON object");
    if (json.size() != 1 || !json.contains("host")) return wrong("\"host\" is wanted, and nothing else");
    if (!json["host"].is_string()) return wrong("a host is not a string");
    return ThawOrder{json["host"]};
}

}  // namespace kpropgw::control
