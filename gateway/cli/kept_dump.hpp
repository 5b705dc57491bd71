#pragma once
#include <optional>
#include <string>

#include "formats/update/dump_file.hpp"
#include "gateway/cli/dump_input.hpp"

namespace kpropgw::cli {

/// A dump that may be read more than once; what comes through a pipe is kept in a nameless file.
Result<DumpInput> open_kept_dump(const std::string& path, const std::optional<std::string>& codepage);

/// `input`, which is kept, must outlive what is returned.
formats::DumpFile file_of(const DumpInput& input);

}  // namespace kpropgw::cli
