#pragma once
#include <cstddef>
#include <string_view>

namespace kpropgw::acl {

/// How many characters `text` has. Bytes that are not UTF-8 count in some way.
std::size_t count_characters(std::string_view text);

/// The longest start of `text` with at most `limit` characters.
std::string_view first_characters(std::string_view text, std::size_t limit);

/// The first control character other than a tab, C1 included: its place, empty when there is none.
std::string_view find_control_character(std::string_view text);

/// The first line of `rest`, without its end ("\n" or "\r\n"), which is taken off; `rest` is not empty.
std::string_view take_line(std::string_view& rest);

}  // namespace kpropgw::acl
