#pragma once
#include "base/clock.hpp"
#include "formats/dump/header.hpp"
#include "gateway/core/serial.hpp"

namespace kpropgw::core {

/// A change of the journal as MIT's iprop names it (iprop.x:kdb_last_t): the low 32 bits of its serial and its time.
formats::LogPosition log_position(Serial serial, Time time);

}  // namespace kpropgw::core
