#pragma once
#include <string>
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// `kdb5_util load_dump version N` + newline.
std::string header_line(DumpVersion version);

/// The name that status and the command line use: "b7", "r13", "r18", "r1_11".
std::string_view to_text(DumpVersion version);

/// A role's or kdb5_util's name: replace, r13, compat, b7, r18, r1_11. invalid_input names the nearest.
Result<DumpVersion> parse_dump_version(std::string_view name);

}  // namespace kpropgw::formats
