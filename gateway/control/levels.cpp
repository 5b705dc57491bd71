#include "gateway/control/levels.hpp"

#include <algorithm>

#include "gateway/control/json.hpp"

namespace kpropgw::control {
namespace {

Error wrong(const char* what) {
    return Error(Errc::invalid_input, std::string("order: ") + what);
}

}  // namespace

std::string to_json(const WaitOrder& order) {
    Json json;
    if (order.serial) json["serial"] = *order.serial;
    json["hosts"] = order.hosts;
    json["timeout_ms"] = order.timeout.count();
    return print(json);
}

Result<WaitOrder> parse_wait_order(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("the body is not a JSON object");
    WaitOrder order;
    for (const auto& [key, value] : json.items()) {
        if (key == "serial") {
            if (!value.is_number_unsigned()) return wrong("\"serial\" is not a number");
            order.serial = value.get<std::uint64_t>();
        } else if (key == "hosts") {
            if (!value.is_array()) return wrong("\"hosts\" is not a list");
            for (const Json& host : value) {
                if (!host.is_string()) return wrong("a host is not a string");
                order.hosts.push_back(host);
            }
        } else if (key == "timeout_ms") {
            if (!value.is_number_unsigned()) return wrong("\"timeout_ms\" is not a number");
            const auto most = static_cast<std::uint64_t>(longest_wait.count());
            order.timeout = std::chrono::milliseconds(std::min(value.get<std::uint64_t>(), most));
        } else {
            return wrong("only \"serial\", \"hosts\" and \"timeout_ms\" are known");
        }
    }
    return order;
}

std::string to_json(const WaitAnswer& answer) {
    Json list = Json::array();
    for (const Lacking& host : answer.lacking) {
        list.push_back({{"host", host.host}, {"level", host.level}, {"state", host.state}, {"error", host.error}});
    }
    return print({{"serial", answer.serial}, {"registry", answer.registry}, {"lacking", list}});
}

Result<WaitAnswer> parse_wait_answer(const std::string& text) {
    WaitAnswer answer;
    try {
        const Json json = Json::parse(text);
        answer.serial = json.at("serial");
        answer.registry = json.at("registry");
        for (const Json& host : json.at("lacking")) {
            answer.lacking.push_back({host.at("host"), host.at("level"), host.at("state"), host.at("error")});
        }
    } catch (const Json::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answer: ") + problem.what());
    }
    return answer;
}

std::string to_json(const SkipOrder& order) {
    return print({{"host", order.host}, {"serial", order.serial}});
}

Result<SkipOrder> parse_skip_order(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("the body is not a JSON object");
    if (json.size() != 2 || !json.contains("host") || !json.contains("serial")) {
        return wrong("\"host\" and \"serial\" are wanted, and nothing else");
    }
    if (!json["host"].is_string()) return wrong("a host is not a string");
    if (!json["serial"].is_number_unsigned()) return wrong("\"serial\" is not a number");
    return SkipOrder{json["host"], json["serial"]};
}

}  // namespace kpropgw::control
