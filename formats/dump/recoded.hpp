#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "formats/dump/line_source.hpp"
#include "formats/dump/writer.hpp"

namespace kpropgw::formats {

/// Converts whole lines from one code page to another and appends them to `out`. `offset` is where they begin in the
/// file, for errors. Which pages these are is not known here.
using ConvertLines = std::function<Result<void>(std::string_view lines, std::string& out, std::uint64_t offset)>;

/// A dump in another code page, as UTF-8. The length of a name counts bytes, so it is written anew where the page
/// changed it. `line_ends` are the bytes that end a line there. corrupt when a line exceeds `longest_line`.
ReadBytes decoded(ReadBytes source, std::string line_ends, ConvertLines to_utf8, std::size_t longest_line);

/// What is written in UTF-8, in pieces of whole lines as DumpWriter's, goes to `sink` in another code page.
WriteBytes encoded(WriteBytes sink, ConvertLines from_utf8);

}  // namespace kpropgw::formats
