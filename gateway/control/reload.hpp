#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::control {

/// What became of an order to read kpropgw.conf and the files that it names again.
struct ReloadAnswer {
    std::vector<std::string> changes;   ///< "[gateway] prop_interval: 2m, was 5m"; what is in force now
    std::vector<std::string> problems;  ///< where there are any, nothing has changed; may be of several lines

    bool operator==(const ReloadAnswer&) const = default;
};

std::string to_json(const ReloadAnswer& answer);
Result<ReloadAnswer> parse_reload_answer(const std::string& json);

}  // namespace kpropgw::control
