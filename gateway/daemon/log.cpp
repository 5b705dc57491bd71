#include "gateway/daemon/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace kpropgw::daemon {

Result<void> start_log(const std::string& level) {
    const auto threshold = spdlog::level::from_str(level);
    if (threshold == spdlog::level::off && level != "off") {
        return Error(Errc::invalid_input,
                     "log level \"" + level + "\" is not one of trace, debug, info, warning, error, critical");
    }
    auto logger = std::make_shared<spdlog::logger>("kpropgw", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
    logger->set_level(threshold);
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
    return {};
}

}  // namespace kpropgw::daemon
