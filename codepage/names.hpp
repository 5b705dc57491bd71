#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::codepage {

/// What a name asks for.
struct PageName {
    std::string icu;        ///< the name of ICU's converter
    std::string canonical;  ///< "IBM-1047", "UTF-8"
};

/// The page that `name` means, before its modifier; invalid_input names the nearest. Forms of name:
/// [Language_Territory.]codeset[@modifier], z/OS XL C/C++ Programming Guide, "Locale naming conventions".
Result<PageName> resolve(std::string_view name);

/// Whether the modifier asks for the page with the euro sign; others (@preeuro, @lp64, @xplink) do not change the page.
bool wants_euro(std::string_view name);

/// "IBM-1140" for "IBM-037"; "" when there is none.
std::string_view euro_twin(std::string_view canonical);

}  // namespace kpropgw::codepage
