#include "gateway/control/messages.hpp"

#include "gateway/control/json.hpp"

namespace kpropgw::control {

std::string to_json(const PropOrder& order) {
    return print({{"hosts", order.hosts}, {"all", order.all}, {"wait", order.wait}});
}

Result<PropOrder> parse_prop_order(const std::string& json) {
    const auto wrong = [](const char* what) { return Error(Errc::invalid_input, std::string("order: ") + what); };
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object()) return wrong("the body is not a JSON object");
    PropOrder order;
    for (const auto& [key, value] : parsed.items()) {
        if (key == "hosts") {
            if (!value.is_array()) return wrong("\"hosts\" is not a list");
            for (const Json& host : value) {
                if (!host.is_string()) return wrong("a host is not a string");
                order.hosts.push_back(host.get<std::string>());
            }
        } else if (key == "all" || key == "wait") {
            if (!value.is_boolean()) return wrong("\"all\" and \"wait\" are true or false");
            (key == "all" ? order.all : order.wait) = value.get<bool>();
        } else {
            return wrong("only \"hosts\", \"all\" and \"wait\" are known");
        }
    }
    if (order.all == !order.hosts.empty()) return wrong("either \"hosts\" names some or \"all\" is true");
    return order;
}

std::string to_json(const std::vector<PropAnswer>& answers) {
    Json list = Json::array();
    for (const PropAnswer& answer : answers) {
        list.push_back({{"host", answer.host}, {"outcome", answer.outcome}, {"text", answer.text}});
    }
    return print({{"answers", list}});
}

Result<std::vector<PropAnswer>> parse_prop_answers(const std::string& json) {
    std::vector<PropAnswer> answers;
    try {
        const Json parsed = Json::parse(json);
        for (const Json& answer : parsed.at("answers")) {
            answers.push_back({answer.at("host").get<std::string>(), answer.at("outcome").get<std::string>(),
                               answer.at("text").get<std::string>()});
        }
    } catch (const Json::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answers: ") + problem.what());
    }
    return answers;
}

std::string to_json(const Error& error) {
    return print({{"error", error.text()}});
}

std::string parse_error_text(const std::string& json) {
    const Json parsed = Json::parse(json, nullptr, false);
    if (!parsed.is_object() || !parsed.contains("error") || !parsed["error"].is_string()) return "";
    return parsed["error"].get<std::string>();
}

}  // namespace kpropgw::control
