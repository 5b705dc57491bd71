#include "gateway/core/version_steps.hpp"

namespace kpropgw::core {

using formats::DumpVersion;

std::vector<DumpVersion> versions_to_offer(acl::Role role, std::optional<DumpVersion> pinned,
                                           std::optional<DumpVersion> learned) {
    if (pinned) return {*pinned};
    if (role == acl::Role::compat) return {DumpVersion::v4};
    std::vector<DumpVersion> offered;
    for (const DumpVersion version : {DumpVersion::v7, DumpVersion::v6, DumpVersion::v5}) {
        if (!learned || version <= *learned) offered.push_back(version);
    }
    // A learned 4 comes from a time when the host was Compat or pinned: it says nothing of the newer ones.
    return offered.empty() ? versions_to_offer(role, pinned, std::nullopt) : offered;
}

}  // namespace kpropgw::core
