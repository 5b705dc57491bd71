#pragma once
// Private to gateway/control: what its messages share.
#include <nlohmann/json.hpp>
#include <string>

#include "base/clock.hpp"

namespace kpropgw::control {

/// In the order in which fields were set.
using Json = nlohmann::ordered_json;

/// On one line. Text of peers may hold anything, which must not stop an answer: what is not UTF-8 is replaced.
std::string print(const Json& json);

/// The inverse of to_text(Time). Throws std::runtime_error, as the JSON library does, beside which it is called.
Time parse_time(const std::string& text);

}  // namespace kpropgw::control
