#pragma once
#include <string>

#include "formats/dump/header.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

// A dump as JSON Lines: one object a line, the header's first. Everything that the dump says is there, keys included:
// it is as secret as the dump. docs/dump-json.md describes the members.

std::string json_header(DumpVersion version, const LogPosition& position);

/// A name that is not UTF-8 stands as "name_hex" in place of "name": nothing is substituted.
void append_json(std::string& out, const Principal& principal);
void append_json(std::string& out, const Policy& policy);

}  // namespace kpropgw::formats
