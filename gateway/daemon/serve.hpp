#pragma once
#include "gateway/config/config.hpp"

namespace kpropgw::daemon {

/// Runs the gateway in the foreground until SIGTERM or SIGINT. Says on stderr what stops it from starting. Returns the
/// exit status (sysexits).
int serve(const config::Config& config);

}  // namespace kpropgw::daemon
