#pragma once
// Private to gateway/control: what stands behind the '?' of a target.
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::control {

struct QueryNumber {
    std::string_view name;
    std::uint64_t& into;  ///< as it is where the name is not there
};

/// "after=41&limit=1000". invalid_input for any other name, and for what is not a number.
Result<void> parse_query(std::string_view text, std::initializer_list<QueryNumber> known);

}  // namespace kpropgw::control
