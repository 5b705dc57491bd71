#pragma once
#include <string_view>

#include "base/error.hpp"
#include "gateway/events/ring.hpp"

namespace kpropgw::events {

enum class Destination { standard_error, journal };

/// Until it is called lines of level info and above go to standard error. Call it before any thread reports.
/// `level` is the name of one; unavailable when there is no systemd journal.
Result<void> start_log(std::string_view level, Destination to);

/// From now on; `level` as for start_log(). On any thread.
Result<void> log_from(std::string_view level);

bool is_logged(Level level);

/// Writes its line, with time and level before it; to the journal also its fields, as KPROPGW_EVENT and KPROPGW_NAME.
void log(const Occurrence& occurrence);

}  // namespace kpropgw::events
