#include "codepage/candidates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kpropgw::codepage {

std::string some_of(const std::vector<std::string>& pages) {
    constexpr std::size_t shown = 6;
    const std::size_t count = pages.size() > shown + 1 ? shown : pages.size();
    const std::string text =
        fmt::format("{}", fmt::join(pages.begin(), pages.begin() + static_cast<std::ptrdiff_t>(count), ", "));
    return count == pages.size() ? text : fmt::format("{} and {} more", text, pages.size() - count);
}

std::string ask_for_page(std::string_view example) {
    return fmt::format("name its code page, for example --codepage {0} or LANG=En_US.{0}", example);
}

}  // namespace kpropgw::codepage
