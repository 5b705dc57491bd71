#pragma once
#include <array>
#include <string_view>

namespace kpropgw::acl {

/// In Role's order.
constexpr std::array<std::string_view, 5> role_names{"Primary", "Replace", "Compat", "Update", "Manual"};

}  // namespace kpropgw::acl
