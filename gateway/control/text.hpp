#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace kpropgw::control {

/// "12s", "3m", "5h", "4d": the largest unit alone. A time to come is "0s".
std::string age(Time now, Time then);

/// Text of a peer for a terminal: control characters, which could rewrite the screen, become "?".
std::string printable(std::string_view text);

/// Columns wide enough for their longest cell, two blanks between, no blanks at the end of a line.
class Columns {
public:
    explicit Columns(std::vector<std::string> headings) : rows_{std::move(headings)} {}

    /// One cell a heading.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    /// The lines, the headings first, without newlines.
    std::vector<std::string> lines() const;

private:
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace kpropgw::control
