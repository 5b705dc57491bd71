#pragma once
// Private to gateway/control.
#include <string>

#include "base/clock.hpp"

namespace kpropgw::control {

/// The inverse of to_text(Time). Throws std::runtime_error, as the JSON library does, beside which it is called.
Time parse_time(const std::string& text);

}  // namespace kpropgw::control
