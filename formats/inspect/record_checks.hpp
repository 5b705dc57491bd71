#pragma once
#include "formats/inspect/finding.hpp"
#include "formats/inspect/inspected.hpp"

namespace kpropgw::formats {

/// What a principal's record alone shows.
void check_record(const Inspected& seen, Findings& findings);

}  // namespace kpropgw::formats
