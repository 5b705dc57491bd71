#include "gateway/core/version_steps.hpp"

#include "formats/dump/version.hpp"

namespace kpropgw::core {

using formats::DumpVersion;

std::vector<DumpVersion> versions_to_offer(acl::Role role, std::optional<DumpVersion> pinned,
                                           std::optional<DumpVersion> learned) {
    if (role == acl::Role::update) {
        return {learned == DumpVersion::ipropx_r18 ? DumpVersion::ipropx_r18 : DumpVersion::ipropx};
    }
    if (pinned) return {*pinned};
    if (role == acl::Role::compat) return {DumpVersion::v4};
    const auto plain = [](DumpVersion version) { return !formats::layout_of(version).position; };
    std::vector<DumpVersion> offered;
    for (const DumpVersion version : {DumpVersion::v7, DumpVersion::v6, DumpVersion::v5}) {
        if (!learned || !plain(*learned) || version <= *learned) offered.push_back(version);
    }
    // A learned 4 comes from a time when the host was Compat or pinned: it says nothing of the newer ones.
    return offered.empty() ? versions_to_offer(role, pinned, std::nullopt) : offered;
}

}  // namespace kpropgw::core
