#pragma once
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// What `--to` names: a dump of a version, or JSON, a record a line (formats/dump/json.hpp).
struct Format {
    DumpVersion version = DumpVersion::v7;  ///< for JSON: the version of the dump that it shows
    bool json = false;
};

/// A role's or kdb5_util's name (replace, r13, compat, b7, r18, r1_11, iprop, ipropx, ipropx_r18), or json.
/// invalid_input names the nearest.
Result<Format> parse_format(std::string_view name);

}  // namespace kpropgw::formats
