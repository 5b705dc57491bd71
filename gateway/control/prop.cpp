#include "gateway/control/prop.hpp"

#include <charconv>

#include "gateway/control/json.hpp"

namespace kpropgw::control {
namespace {

constexpr std::string_view query_key = "order=";

Error wrong(const char* what) {
    return Error(Errc::invalid_input, std::string("order: ") + what);
}

}  // namespace

std::string to_json(const PropOrder& order) {
    Json json;
    if (!order.hosts.empty()) json["hosts"] = order.hosts;
    if (order.all) json["all"] = true;
    if (!order.role.empty()) json["role"] = order.role;
    json["full"] = order.full;
    return print(json);
}

Result<PropOrder> parse_prop_order(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("the body is not a JSON object");
    PropOrder order;
    for (const auto& [key, value] : json.items()) {
        if (key == "hosts") {
            if (!value.is_array()) return wrong("\"hosts\" is not a list");
            for (const Json& host : value) {
                if (!host.is_string()) return wrong("a host is not a string");
                order.hosts.push_back(host.get<std::string>());
            }
        } else if (key == "role") {
            if (!value.is_string()) return wrong("\"role\" is not a string");
            order.role = value.get<std::string>();
        } else if (key == "all" || key == "full") {
            if (!value.is_boolean()) return wrong("\"all\" and \"full\" are true or false");
            (key == "all" ? order.all : order.full) = value.get<bool>();
        } else {
            return wrong("only \"hosts\", \"all\", \"role\" and \"full\" are known");
        }
    }
    const int ways = (order.hosts.empty() ? 0 : 1) + (order.all ? 1 : 0) + (order.role.empty() ? 0 : 1);
    if (ways != 1) return wrong("\"hosts\" names some, or \"role\" does, or \"all\" is true: one of them");
    return order;
}

std::string to_json(const PropReport& report) {
    Json list = Json::array();
    for (const PropAnswer& answer : report.answers) {
        list.push_back({{"host", answer.host},
                        {"outcome", answer.outcome},
                        {"text", answer.text},
                        {"tried_again", answer.tried_again},
                        {"sent_bytes", answer.sent_bytes},
                        {"total_bytes", answer.total_bytes}});
    }
    return print({{"order", report.order}, {"serial", report.serial}, {"answers", list}});
}

Result<PropReport> parse_prop_report(const std::string& text) {
    PropReport report;
    try {
        const Json json = Json::parse(text);
        report.order = json.at("order");
        report.serial = json.at("serial");
        for (const Json& answer : json.at("answers")) {
            report.answers.push_back({answer.at("host"), answer.at("outcome"), answer.at("text"),
                                      answer.at("tried_again"), answer.at("sent_bytes"), answer.at("total_bytes")});
        }
    } catch (const Json::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answers: ") + problem.what());
    }
    return report;
}

std::string to_report_query(std::uint64_t order) {
    return std::string(query_key) + std::to_string(order);
}

Result<std::uint64_t> parse_report_query(std::string_view query) {
    std::uint64_t order = 0;
    const char* end = query.data() + query.size();
    if (!query.starts_with(query_key)) return wrong("\"order=NUMBER\" is wanted, and nothing else");
    const auto [stop, problem] = std::from_chars(query.data() + query_key.size(), end, order);
    if (problem != std::errc() || stop != end) return wrong("\"order\" is not a number");
    return order;
}

}  // namespace kpropgw::control
