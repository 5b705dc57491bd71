#include "gateway/events/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>

#include "gateway/events/journal.hpp"
#include "gateway/events/line.hpp"

namespace kpropgw::events {
namespace {

constexpr std::array all_levels = {Level::debug, Level::info, Level::warning, Level::error, Level::critical};

std::shared_ptr<spdlog::logger> to_standard_error() {
    auto logger = std::make_shared<spdlog::logger>("kpropgw", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ level=%l %v", spdlog::pattern_time_type::utc);
    logger->set_level(spdlog::level::trace);  // is_logged() has decided
    logger->flush_on(spdlog::level::trace);
    return logger;
}

struct State {
    std::atomic<Level> least = Level::info;
    Destination to = Destination::standard_error;
    std::shared_ptr<spdlog::logger> standard_error = to_standard_error();
};

State& state() {
    static State state;
    return state;
}

spdlog::level::level_enum spdlog_level(Level level) {
    static constexpr std::array levels = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                          spdlog::level::err, spdlog::level::critical};
    return levels.at(static_cast<std::size_t>(level));
}

}  // namespace

Result<void> log_from(std::string_view level) {
    const auto least =
        std::find_if(all_levels.begin(), all_levels.end(), [&](Level known) { return to_text(known) == level; });
    if (least == all_levels.end()) {
        return Error(Errc::invalid_input,
                     "log level \"" + std::string(level) + "\" is not one of debug, info, warning, error, critical");
    }
    state().least = *least;
    return {};
}

Result<void> start_log(std::string_view level, Destination to) {
    if (auto ok = log_from(level); !ok) return ok;
    if (to == Destination::journal) {
        if (auto ok = check_journal(); !ok) return ok;
    }
    state().to = to;
    return {};
}

bool is_logged(Level level) {
    return level >= state().least;
}

void log(const Occurrence& occurrence) {
    const std::string line = to_line(occurrence);
    if (state().to == Destination::journal) {
        send_to_journal(occurrence, line);
    } else {
        state().standard_error->log(occurrence.time, {}, spdlog_level(occurrence.event->level), line);
    }
}

}  // namespace kpropgw::events
