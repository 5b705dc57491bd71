#include "formats/dump/writer.hpp"

#include <vector>

#include "base/nearest.hpp"
#include "formats/dump/version.hpp"

namespace kpropgw::formats {

std::string header_line(DumpVersion version) {
    return std::string(layout_of(version).header) + "\n";
}

std::string_view to_text(DumpVersion version) {
    return layout_of(version).name;
}

Result<DumpVersion> parse_dump_version(std::string_view name) {
    const std::string wanted = to_lower(name);
    std::vector<std::string_view> known;
    std::string list;
    for (const auto& layout : layouts()) {
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
