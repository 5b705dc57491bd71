#pragma once
#include <string>
#include <vector>

#include "gateway/control/status.hpp"

namespace kpropgw::control {

/// One thing that must hold before a gateway does its work.
struct ReadyCheck {
    std::string name;
    std::string problem;  ///< with what to do, or "": it holds
};

/// `registry`: something was taken in; `source`: what brings changes in answers; `acl`: the kpropd.acl in force is the
/// file that stands there; `doors`: pushers and followers can connect. A secondary that fails is no reason: it is not
/// the gateway that would have to be replaced.
std::vector<ReadyCheck> readiness_of(const Result<Status>& status, bool doors_open);

/// No problem anywhere.
bool is_ready(const std::vector<ReadyCheck>& checks);

/// {"ready": BOOL, "checks": [{"name", "ok", "problem"}, ...]}
std::string to_json(const std::vector<ReadyCheck>& checks);

}  // namespace kpropgw::control
