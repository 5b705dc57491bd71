#pragma once
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::events {

/// "TEXT (kpropgw explain CAUSE)"; the text alone where the cause has no name.
std::string with_hint(std::string_view text, std::string_view cause);
std::string with_hint(const Error& error);

}  // namespace kpropgw::events
