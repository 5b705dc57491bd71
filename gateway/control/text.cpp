#include "gateway/control/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace kpropgw::control {

std::string age(Time now, Time then) {
    const auto seconds =
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(now - then).count());
    if (seconds < 60) return fmt::format("{}s", seconds);
    if (seconds < 3600) return fmt::format("{}m", seconds / 60);
    if (seconds < 86400) return fmt::format("{}h", seconds / 3600);
    return fmt::format("{}d", seconds / 86400);
}

std::string bytes_text(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 4> units{"KiB", "MiB", "GiB", "TiB"};
    if (bytes < 1024) return fmt::format("{} B", bytes);
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit)
        value /= 1024;
    // Cut, not rounded: 1023.96 KiB are no 1024.0.
    const double tenths = std::floor(value * 10) / 10;
    return value < 10 ? fmt::format("{:.1f} {}", tenths, units[unit])
                      : fmt::format("{:.0f} {}", std::floor(value), units[unit]);
}

std::string printable(std::string_view text) {
    std::string safe(text);
    for (char& c : safe) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) c = '?';
    }
    return safe;
}

std::vector<std::size_t> Columns::widths() const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < widths.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    return widths;
}

std::size_t Columns::width() const {
    std::size_t longest = 0;
    for (const std::string& line : lines())
        longest = std::max(longest, line.size());
    return longest;
}

void Columns::leave_out(std::string_view heading) {
    const auto& headings = rows_.front();
    const auto column = std::find(headings.begin(), headings.end(), heading) - headings.begin();
    if (static_cast<std::size_t>(column) == headings.size()) return;
    for (auto& row : rows_)
        row.erase(row.begin() + column);
}

std::vector<std::string> Columns::lines() const {
    const std::vector<std::size_t> widths = this->widths();
    std::vector<std::string> lines;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < widths.size(); ++i)
            line += fmt::format("{:<{}}  ", row[i], widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace kpropgw::control
