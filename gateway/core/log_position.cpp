#include "gateway/core/log_position.hpp"

namespace kpropgw::core {

formats::LogPosition log_position(Serial serial, Time time) {
    const auto microseconds = time.time_since_epoch().count();
    return {static_cast<std::uint32_t>(serial.value), static_cast<std::uint32_t>(microseconds / 1000000),
            static_cast<std::uint32_t>(microseconds % 1000000)};
}

}  // namespace kpropgw::core
