#include "gateway/control/probe.hpp"

#include <fmt/format.h>

#include "gateway/control/json.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::control {
namespace {

Error wrong(const char* what) {
    return Error(Errc::invalid_input, std::string("order: ") + what);
}

template <class T>
void take(const Json& json, const char* key, std::optional<T>& into) {
    if (json.contains(key)) into = json.at(key).get<T>();
}

std::string kvno_text(const std::optional<std::uint32_t>& kvno) {
    return kvno ? fmt::format("kvno {}", *kvno) : std::string("no ticket");
}

Json object(const ProbeAnswer& answer) {
    Json json;
    json["host"] = answer.host;
    json["outcome"] = answer.outcome;
    if (answer.serial) json["serial"] = *answer.serial;
    if (answer.lacks) json["lacks"] = *answer.lacks;
    if (answer.since) json["since"] = to_text(*answer.since);
    if (!answer.principal.empty()) json["principal"] = answer.principal;
    if (answer.kvno) json["kvno"] = *answer.kvno;
    if (answer.registry_kvno) json["registry_kvno"] = *answer.registry_kvno;
    if (!answer.enctype.empty()) json["enctype"] = answer.enctype;
    if (!answer.transport.empty()) json["transport"] = answer.transport;
    json["ms"] = answer.ms;
    json["text"] = answer.text;
    return json;
}

ProbeAnswer parse_answer(const Json& json) {
    ProbeAnswer answer;
    answer.host = json.at("host");
    answer.outcome = json.at("outcome");
    take(json, "serial", answer.serial);
    take(json, "lacks", answer.lacks);
    if (json.contains("since")) answer.since = parse_time(json.at("since"));
    answer.principal = json.value("principal", "");
    take(json, "kvno", answer.kvno);
    take(json, "registry_kvno", answer.registry_kvno);
    answer.enctype = json.value("enctype", "");
    answer.transport = json.value("transport", "");
    answer.ms = json.at("ms");
    answer.text = json.at("text");
    return answer;
}

}  // namespace

std::string to_json(const ProbeOrder& order) {
    return print({{"hosts", order.hosts}, {"principal", order.principal}});
}

Result<ProbeOrder> parse_probe_order(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return wrong("the body is not a JSON object");
    ProbeOrder order;
    for (const auto& [key, value] : json.items()) {
        if (key == "hosts") {
            if (!value.is_array()) return wrong("\"hosts\" is not a list");
            for (const Json& host : value) {
                if (!host.is_string()) return wrong("a host is not a string");
                order.hosts.push_back(host);
            }
        } else if (key == "principal") {
            if (!value.is_string()) return wrong("\"principal\" is not a string");
            order.principal = value;
        } else {
            return wrong("only \"hosts\" and \"principal\" are known");
        }
    }
    return order;
}

std::string to_json(const std::vector<ProbeAnswer>& answers) {
    Json list = Json::array();
    for (const ProbeAnswer& answer : answers)
        list.push_back(object(answer));
    return print({{"answers", list}});
}

Result<std::vector<ProbeAnswer>> parse_probe_answers(const std::string& text) {
    std::vector<ProbeAnswer> answers;
    try {
        const Json json = Json::parse(text);
        for (const Json& answer : json.at("answers"))
            answers.push_back(parse_answer(answer));
    } catch (const std::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answer: ") + problem.what());
    }
    return answers;
}

std::string to_line(const ProbeAnswer& answer, Time now) {
    std::string line = printable(answer.host) + ": " + answer.outcome;
    if (answer.serial) line += fmt::format(" serial {}", *answer.serial);
    if (answer.lacks) line += fmt::format(", lacks serial {}", *answer.lacks);
    if (answer.since) line += fmt::format(" of {} ago", age(now, *answer.since));
    if (!answer.principal.empty()) {
        line += fmt::format(" ({}: {}", printable(answer.principal), kvno_text(answer.kvno));
        if (answer.kvno != answer.registry_kvno)
            line += fmt::format(", the registry {}", kvno_text(answer.registry_kvno));
        if (!answer.enctype.empty()) line += ", " + printable(answer.enctype);
        line += fmt::format("; {} in {} ms)", answer.transport, answer.ms);
    }
    if (!answer.text.empty()) line += ": " + printable(answer.text);
    return line;
}

}  // namespace kpropgw::control
