#include "gateway/control/refresh.hpp"

#include "gateway/control/json.hpp"

namespace kpropgw::control {

std::string to_json(const RefreshAnswer& answer) {
    return print({{"source", answer.source},
                  {"before", answer.before},
                  {"after", answer.after},
                  {"full_comes", answer.full_comes}});
}

Result<RefreshAnswer> parse_refresh_answer(const std::string& text) {
    try {
        const Json json = Json::parse(text);
        return RefreshAnswer{json.at("source"), json.at("before"), json.at("after"), json.at("full_comes")};
    } catch (const Json::exception& problem) {
        return Error(Errc::corrupt, std::string("the gateway's answer: ") + problem.what());
    }
}

}  // namespace kpropgw::control
