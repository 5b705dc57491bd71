#include "gateway/control/readiness.hpp"

#include <algorithm>

#include "gateway/control/json.hpp"

namespace kpropgw::control {

std::vector<ReadyCheck> readiness_of(const Result<Status>& status, bool doors_open) {
    std::vector<ReadyCheck> checks;
    if (!status) {
        checks.push_back({"registry", status.error().text()});
    } else {
        checks.push_back({"registry", status->serial > 0 ? "" : "nothing was taken in yet: let the primary push"});
        checks.push_back({"source", status->source.last_error.value_or("")});
        checks.push_back({"acl", status->acl_problem.value_or("")});
    }
    checks.push_back({"doors", doors_open ? "" : "nobody can connect: the gateway starts or stops"});
    return checks;
}

bool is_ready(const std::vector<ReadyCheck>& checks) {
    return std::all_of(checks.begin(), checks.end(), [](const ReadyCheck& check) { return check.problem.empty(); });
}

std::string to_json(const std::vector<ReadyCheck>& checks) {
    Json list = Json::array();
    for (const ReadyCheck& check : checks) {
        list.push_back({{"name", check.name}, {"ok", check.problem.empty()}, {"problem", check.problem}});
    }
    return print({{"ready", is_ready(checks)}, {"checks", list}});
}

}  // namespace kpropgw::control
