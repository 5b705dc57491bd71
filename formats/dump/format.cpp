#include "formats/dump/format.hpp"

#include "base/nearest.hpp"
#include "formats/dump/version.hpp"

namespace kpropgw::formats {

Result<Format> parse_format(std::string_view name) {
    if (to_lower(name) == "json") return Format{DumpVersion::v7, true};
    const auto version = parse_dump_version(name, layouts());
    if (version) return Format{*version, false};
    const bool guessed = version.error().text().ends_with('?');
    return Error(Errc::invalid_input, version.error().text() + (guessed ? "" : ", json"));
}

}  // namespace kpropgw::formats
