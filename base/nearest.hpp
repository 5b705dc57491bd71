#pragma once
#include <span>
#include <string>
#include <string_view>

namespace kpropgw {

/// `; did you mean "X"?` for the name in `known` that is nearest to `word` without regard to case, or ""
/// when none is near enough to be a slip of the hand.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> known);

/// ASCII only: names of the field are never in another script.
std::string to_lower(std::string_view text);

}  // namespace kpropgw
