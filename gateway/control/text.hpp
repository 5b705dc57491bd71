#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace kpropgw::control {

/// "12s", "3m", "5h", "4d": the largest unit alone. A time to come is "0s".
std::string age(Time now, Time then);

/// "0 B", "12 KiB", "1.5 MiB": the largest unit that is not above it.
std::string bytes_text(std::uint64_t bytes);

/// Text of a peer for a terminal: control characters, which could rewrite the screen, become "?".
std::string printable(std::string_view text);

/// Columns wide enough for their longest cell, two blanks between, no blanks at the end of a line.
class Columns {
public:
    explicit Columns(std::vector<std::string> headings) : rows_{std::move(headings)} {}

    /// One cell a heading.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    /// Takes the column with that heading away.
    void leave_out(std::string_view heading);
    /// Characters of the longest line.
    std::size_t width() const;

    /// The lines, the headings first, without newlines.
    std::vector<std::string> lines() const;

private:
    std::vector<std::size_t> widths() const;

    std::vector<std::vector<std::string>> rows_;
};

}  // namespace kpropgw::control
