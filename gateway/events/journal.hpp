#pragma once
#include <string>

#include "base/error.hpp"
#include "gateway/events/ring.hpp"

namespace kpropgw::events {

/// unavailable when no systemd journal listens on this machine: what is sent then would be lost without a word.
Result<void> check_journal();

/// One entry: `line` is its message, and each field one of its own.
void send_to_journal(const Occurrence& occurrence, const std::string& line);

}  // namespace kpropgw::events
