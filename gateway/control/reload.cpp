#include "gateway/control/reload.hpp"

#include "gateway/control/json.hpp"

namespace kpropgw::control {

std::string to_json(const ReloadAnswer& answer) {
    return print({{"changes", answer.changes}, {"problems", answer.problems}});
}

Result<ReloadAnswer> parse_reload_answer(const std::string& text) {
    ReloadAnswer answer;
    try {
        const Json json = Json::parse(text);
        json.at("changes").get_to(answer.changes);
        json.at("problems").get_to(answer.problems);
    } catch (const Json::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answer: ") + problem.what());
    }
    return answer;
}

}  // namespace kpropgw::control
