#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "gateway/config/config.hpp"

namespace kpropgw::config {

// How kpropgw.conf writes values. Each parse_ says in its error what is allowed; parse_(to_text(x)) is x.

/// Whole seconds: "300", or a number with one of s, m, h, d.
Result<std::chrono::seconds> parse_duration(std::string_view text);
std::string to_text(std::chrono::seconds duration);

/// As a duration, or a number with ms.
Result<std::chrono::milliseconds> parse_interval(std::string_view text);
std::string to_text(std::chrono::milliseconds interval);

/// "kprop", "iprop:HOST", "iprop:HOST:PORT", "ulog:FILE".
Result<Source> parse_source(std::string_view text);
std::string to_text(const Source& source);

/// Bytes: "4096", or a number with one of K, M, G, T (1024 each).
Result<std::uint64_t> parse_size(std::string_view text);
std::string to_size_text(std::uint64_t bytes);

/// "0.0.0.0:754", "[::]:754". The address is numeric.
Result<Listen> parse_listen(std::string_view text);
std::string to_text(const Listen& listen);

/// A decimal number without a sign.
Result<std::uint64_t> parse_count(std::string_view text);

}  // namespace kpropgw::config
