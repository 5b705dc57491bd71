#pragma once
#include "formats/update/iprop_update.hpp"
#include "gateway/core/serial.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw::outbound {

/// A change as MIT names it: the low 32 bits of its serial, and its time.
inline formats::LogPosition log_position(Serial serial, Time time) {
    return formats::log_position(static_cast<std::uint32_t>(serial.value), time);
}

inline wire::IpropPosition wire_position(Serial serial, Time time) {
    const formats::LogPosition at = log_position(serial, time);
    return {at.serial, at.seconds, at.microseconds};
}

}  // namespace kpropgw::outbound
