#pragma once
#include <cstdint>

#include "gateway/config/config.hpp"

namespace kpropgw::daemon {

/// Lets this process have as many descriptors as it may (the hard limit of RLIMIT_NOFILE), and says in the log when
/// that is fewer than what the configuration lets come to it: then connections are refused before its limits are
/// reached. Once the log is there.
void raise_descriptor_limit(const config::Config& config);

/// How many may be open at once: connections and, for each push, the file that it goes to, with room for the rest.
std::uint64_t descriptors_wanted(const config::Config& config);

}  // namespace kpropgw::daemon
