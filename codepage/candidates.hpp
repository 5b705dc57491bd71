#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kpropgw::codepage {

/// "IBM-1047, IBM-037, IBM-500 and 40 more" for errors.
std::string some_of(const std::vector<std::string>& pages);

/// `name its code page, for example --codepage IBM-1047 or LANG=En_US.IBM-1047`
std::string ask_for_page(std::string_view example);

}  // namespace kpropgw::codepage
