#pragma once
#include "gateway/config/config.hpp"

namespace kpropgw::cli {

/// Looks at every file that the configuration names, without changing any: a line for each that will do on stdout,
/// every problem on stderr. Whether all will do.
bool check_files(const config::Config& config);

}  // namespace kpropgw::cli
