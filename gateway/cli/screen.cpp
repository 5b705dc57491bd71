#include "gateway/cli/screen.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace kpropgw::cli {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        lines.push_back(line);
        text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
    }
    return lines;
}

}  // namespace

bool stdout_is_terminal() {
    return ::isatty(STDOUT_FILENO) == 1;
}

TerminalSize terminal_size() {
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return {};
    return {size.ws_row, size.ws_col};
}

bool stdout_takes_colours() {
    return takes_colours(stdout_is_terminal(), std::getenv("NO_COLOR"), std::getenv("TERM"));
}

bool takes_colours(bool terminal, const char* no_color, const char* term) {
    if (no_color != nullptr && *no_color != '\0') return false;
    return terminal && (term == nullptr || std::string_view(term) != "dumb");
}

std::string to_frame(std::string_view text, std::size_t rows) {
    const std::vector<std::string_view> lines = lines_of(text);
    // The cursor has the last row, below all lines; what is left out is told in one line more.
    const bool fits = rows == 0 || lines.size() < rows;
    const std::size_t shown = fits ? lines.size() : rows - std::min<std::size_t>(rows, 2);
    std::string frame = "\x1b[H\x1b[?7l";
    for (std::size_t i = 0; i < shown; ++i)
        frame += fmt::format("{}\x1b[K\n", lines[i]);
    if (!fits) frame += fmt::format("and {} lines more\x1b[K\n", lines.size() - shown);
    return frame + "\x1b[J\x1b[?7h";
}

}  // namespace kpropgw::cli
