#include "gateway/daemon/descriptors.hpp"

#include <sys/resource.h>

#include "gateway/events/report.hpp"

namespace kpropgw::daemon {
namespace {

/// The store, keytabs and replay caches while they are read, programs that are run, orders.
constexpr std::uint64_t besides_connections = 128;

}  // namespace

std::uint64_t descriptors_wanted(const config::Config& config) {
    return std::uint64_t{config.max_followers} + 2 * std::uint64_t{config.max_connections} + besides_connections;
}

void raise_descriptor_limit(const config::Config& config) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;  // then the limits of before hold, and accept says so
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    const std::uint64_t wanted = descriptors_wanted(config);
    if (limit.rlim_max >= wanted) return;
    events::report(events::few_descriptors, {{"limit", limit.rlim_max},
                                             {"wanted", wanted},
                                             {"max_followers", config.max_followers},
                                             {"max_connections", config.max_connections}});
}

}  // namespace kpropgw::daemon
