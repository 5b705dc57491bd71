#include <fmt/format.h>

#include "acl/acl.hpp"
#include "base/nearest.hpp"

namespace kpropgw::acl {
namespace {

bool is_primary(const Entry* entry) {
    return entry != nullptr && entry->role == Role::primary;
}

Error refusal(const Entry& entry, std::string_view from, std::string_view to) {
    return {Errc::conflict, fmt::format("line {}: \"{}\" cannot go from {} to {} while the gateway runs; stop it first",
                                        entry.line, entry.host, from, to)};
}

}  // namespace

Result<void> may_replace(const Acl& old, const Acl& next, std::string_view own_host) {
    for (const Entry& entry : next.entries) {
        const Entry* before = old.find(entry.host);
        const bool is_own = entry.host == to_lower(own_host);
        if (before == nullptr && !is_own) continue;
        if (is_primary(before) == is_primary(&entry)) continue;
        return refusal(entry, before == nullptr ? "no role" : to_text(before->role), to_text(entry.role));
    }
    const Entry* own = old.find(own_host);
    if (is_primary(own) && next.find(own_host) == nullptr) return refusal(*own, to_text(own->role), "no role");
    return {};
}

}  // namespace kpropgw::acl
