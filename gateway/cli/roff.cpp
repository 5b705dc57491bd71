#include "gateway/cli/roff.hpp"

#include <fmt/format.h>

namespace kpropgw::cli {

std::string roff(std::string_view text) {
    std::string out;
    bool line_begins = true;
    for (const char c : text) {
        // A line that begins with one of these would be a request.
        if (line_begins && (c == '.' || c == '\'')) out += "\\&";
        line_begins = c == '\n';
        switch (c) {
            case '\\':
                out += "\\e";
                break;
            case '-':
                out += "\\-";
                break;
            case '~':
                out += "\\(ti";
                break;
            case '^':
                out += "\\(ha";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string bold(std::string_view text) {
    return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text) {
    return "\\fI" + roff(text) + "\\fR";
}

std::string page_title(std::string_view name, std::string_view section) {
    return fmt::format(".TH {} {} {} \"kpropgw {}\" \"kpropgw\"\n", name, section, KPROPGW_DATE, KPROPGW_VERSION);
}

}  // namespace kpropgw::cli
