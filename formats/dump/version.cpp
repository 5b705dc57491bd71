#include "formats/dump/version.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/nearest.hpp"

namespace kpropgw::formats {
namespace {

// MIT dump.c: beta7_version, r1_3_version, r1_8_version, r1_11_version, iprop_version and ipropx_1_version.
constexpr Layout table[] = {
    {DumpVersion::v4, "kdb5_util load_dump version 4", "b7", "compat", false, false, false, true, false},
    {DumpVersion::v5, "kdb5_util load_dump version 5", "r13", "replace", true, false, false, true, false},
    {DumpVersion::v6, "kdb5_util load_dump version 6", "r18", "", true, true, false, true, false},
    {DumpVersion::v7, "kdb5_util load_dump version 7", "r1_11", "", true, true, true, true, false},
    {DumpVersion::iprop, "iprop", "iprop", "", true, false, false, false, true},
    {DumpVersion::ipropx, "ipropx 1", "ipropx", "", true, true, true, false, true},
    {DumpVersion::ipropx_r18, "ipropx 1", "ipropx_r18", "", true, true, false, false, true},
};

}  // namespace

std::span<const Layout> layouts() {
    return table;
}

std::span<const Layout> plain_layouts() {
    const auto first_for_iprop =
        std::find_if(std::begin(table), std::end(table), [](const Layout& l) { return l.position; });
    return {std::begin(table), first_for_iprop};
}

const Layout& layout_of(DumpVersion version) {
    return table[static_cast<int>(version) - static_cast<int>(DumpVersion::v4)];
}

std::string_view to_text(DumpVersion version) {
    return layout_of(version).name;
}

Result<DumpVersion> parse_dump_version(std::string_view name, std::span<const Layout> among) {
    const std::string wanted = to_lower(name);
    std::vector<std::string_view> known;
    std::string list;
    for (const auto& layout : among) {
        for (const std::string_view candidate : {layout.name, layout.role}) {
            if (candidate.empty()) continue;
            if (candidate == wanted) return layout.version;
            known.push_back(candidate);
            list += (list.empty() ? "" : ", ") + std::string(candidate);
        }
    }
    const std::string hint = did_you_mean(name, known);
    return Error(Errc::invalid_input, "dump version \"" + std::string(name) + "\" is not known" +
                                          (hint.empty() ? ": it is one of " + list : hint));
}

}  // namespace kpropgw::formats
