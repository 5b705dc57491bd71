#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::cli {

/// What an operator of a z/OS console types, as the words of a command of ours: "PROP kdc2" is {"prop", "kdc2"},
/// "DISPLAY PROP" or "D PROP" is {"display", "prop"}. In any case; blanks or commas between hosts, which become lower
/// case; "F SKRBKDC," or "MODIFY SKRBKDC," may stand before it. That IBM's KDC takes PROP by MODIFY as it takes DEBUG
/// is inferred. invalid_input for anything else, so that no other command can be reached.
Result<std::vector<std::string>> parse_console_order(std::string_view text);

}  // namespace kpropgw::cli
