#pragma once
#include <string>

#include "base/clock.hpp"
#include "formats/dump/header.hpp"
#include "formats/inspect/finding.hpp"
#include "formats/inspect/summary.hpp"

namespace kpropgw::cli {

/// What `dump info` says of a dump.
struct DumpInfo {
    std::string file;
    formats::DumpVersion version;
    std::optional<formats::LogPosition> position;
    formats::Summary summary;
    formats::Findings findings;
    Time now;  ///< for which master key is in use
};

/// Lines for people.
std::string render_text(const DumpInfo& info);

/// One JSON object. Bytes of names that are not UTF-8 are replaced.
std::string render_json(const DumpInfo& info);

}  // namespace kpropgw::cli
