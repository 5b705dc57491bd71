#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kpropgw::testing {

/// The lines of a dump, sorted, with the three fields that a KDC writes at every login (last_success, last_failed,
/// fail_auth_count) set to 0: two dumps say the same when these are equal.
std::vector<std::string> comparable(std::string_view dump);

/// "" when both dumps say the same; else the first few records that differ, by name and never with their keys.
std::string difference(std::string_view expected, std::string_view actual);

}  // namespace kpropgw::testing
