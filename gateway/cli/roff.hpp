#pragma once
#include <string>
#include <string_view>

namespace kpropgw::cli {

/// Text that roff prints as it stands; newlines stay, so that each line may begin with anything.
std::string roff(std::string_view text);
std::string bold(std::string_view text);
std::string italic(std::string_view text);

/// `.TH`, the first line of a page.
std::string page_title(std::string_view name, std::string_view section);

}  // namespace kpropgw::cli
