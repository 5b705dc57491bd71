#pragma once
#include <span>
#include <string>
#include <string_view>

#include "gateway/events/ring.hpp"

namespace kpropgw::events {

/// `event=ID name=value ...`: the one grammar of log lines, which docs/events.md describes.
std::string to_line(const Occurrence& occurrence);
std::string to_line(std::string_view id, std::span<const Occurrence::Field> fields);

/// A value as it stands in a line: bare where it can be, else quoted; one line, printable, UTF-8, whatever came in.
std::string quoted_if_needed(std::string_view value);

/// Bytes that are no UTF-8 become `\xNN`.
std::string as_utf8(std::string_view bytes);

}  // namespace kpropgw::events
