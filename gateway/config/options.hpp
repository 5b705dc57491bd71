#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/config/config.hpp"

namespace kpropgw::config {

enum class Type {
    name,
    text,
    path,
    store,
    source,
    choice,
    address,
    address_or_off,
    duration,
    interval,
    size,
    count,
    dump_version
};

/// Where a value is kept: of the file, or of one [secondary].
using Member = std::variant<std::string Config::*, std::optional<std::string> Config::*, std::chrono::seconds Config::*,
                            std::chrono::milliseconds Config::*, Source Config::*, std::uint64_t Config::*,
                            std::uint32_t Config::*, Listen Config::*, std::optional<Listen> Config::*,
                            DnsCheck Config::*, std::optional<formats::DumpVersion> Secondary::*,
                            std::optional<std::uint64_t> Secondary::*, bool Secondary::*>;

/// For durations (seconds), intervals (milliseconds), sizes (bytes) and counts; both ends are allowed.
struct Range {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

/// One row of the table that drives the parser, its problems, `config show` and the manual.
struct Option {
    std::string_view section;
    std::string_view key;
    Type type;
    Member member;
    std::string_view fallback;  ///< as the file would write it; "" when `absent` tells
    std::string_view absent;    ///< what holds when nothing is set and nothing can be written
    Range range;
    std::span<const std::string_view> choices;
    std::string_view text;
    bool live = false;  ///< a reload puts another value in force; else that takes a restart
};

/// Every option, in the order in which `config show` prints them.
std::span<const Option> options();

/// nullptr when there is none.
const Option* find_option(std::string_view section, std::string_view key);

/// What an option is set in. `secondary` for options of [secondary]; `directory` is what relative paths start from.
struct Target {
    Config& config;
    Secondary* secondary = nullptr;
    std::string directory;
};

/// Parses, checks the range and sets. The error says what is allowed, without the option's name.
Result<void> assign(const Option& option, std::string_view value, const Target& target);

/// The value as the file would write it; absent when nothing is set. `secondary` for options of [secondary].
std::optional<std::string> written(const Option& option, const Config& config, const Secondary* secondary = nullptr);

}  // namespace kpropgw::config
