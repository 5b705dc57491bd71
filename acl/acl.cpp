#include "acl/acl.hpp"

#include <algorithm>

#include "acl/roles.hpp"
#include "base/nearest.hpp"

namespace kpropgw::acl {

std::string_view to_text(Role role) {
    return role_names[static_cast<std::size_t>(role)];
}

const Entry* Acl::find(std::string_view host) const {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [wanted = to_lower(host)](const Entry& entry) { return entry.host == wanted; });
    return found == entries.end() ? nullptr : &*found;
}

const Entry* Acl::primary() const {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [](const Entry& entry) { return entry.role == Role::primary; });
    return found == entries.end() ? nullptr : &*found;
}

}  // namespace kpropgw::acl
