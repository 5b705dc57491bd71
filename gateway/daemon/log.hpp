#pragma once
#include <string>

#include "base/error.hpp"

namespace kpropgw::daemon {

/// Sends the log to stderr, a line an event: time, level, key=value. invalid_input for an unknown level.
Result<void> start_log(const std::string& level);

}  // namespace kpropgw::daemon
