#pragma once
#include <string>

#include "formats/dump/writer.hpp"
#include "gateway/cli/dump_parts.hpp"
#include "gateway/cli/loss_report.hpp"

namespace kpropgw::cli {

/// Writes the dump in another format, on as many threads as the machine has cores, in order and in flat memory, and
/// says what was lost. Errors name file:line, and the principal where it is known. `report` may be nullptr.
Result<formats::LossFinder> convert_parts(DumpParts& parts, const std::string& file, formats::Format format,
                                          const formats::LogPosition& position, const formats::WriteBytes& sink,
                                          LossReport* report);

}  // namespace kpropgw::cli
