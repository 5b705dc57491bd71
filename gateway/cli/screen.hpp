#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace kpropgw::cli {

bool stdout_is_terminal();

struct TerminalSize {
    std::size_t rows = 0;
    std::size_t columns = 0;
};

/// Of the terminal that stdout is; zeros where it is none, or its size is not known.
TerminalSize terminal_size();

/// Whether stdout is a terminal that is to have colours: neither NO_COLOR (no-color.org) nor TERM=dumb says otherwise.
bool stdout_takes_colours();
/// The decision alone, from the two variables; nullptr where one is not set.
bool takes_colours(bool terminal, const char* no_color, const char* term);

/// What draws `text` over whatever the terminal shows (ECMA-48, and DECAWM for long lines). More lines than `rows` has
/// are counted instead of shown; 0: any number.
std::string to_frame(std::string_view text, std::size_t rows);

}  // namespace kpropgw::cli
