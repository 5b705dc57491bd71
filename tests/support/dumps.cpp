#include "support/dumps.hpp"

#include <algorithm>
#include <iterator>

namespace kpropgw::testing {
namespace {

// princ len namelen n_tl n_key e_length name attributes max_life max_renewable_life expiration pw_expiration
// last_success last_failed fail_auth_count ...
constexpr std::size_t name_field = 6;
constexpr std::size_t first_login_field = 12;
constexpr std::size_t last_login_field = 14;

std::string without_login_fields(std::string_view line) {
    std::string result;
    for (std::size_t field = 0;; ++field) {
        const auto end = line.find('\t');
        const bool login = first_login_field <= field && field <= last_login_field;
        result += login ? "0" : line.substr(0, end);
        if (end == line.npos) return result;
        result += '\t';
        line.remove_prefix(end + 1);
    }
}

/// "princ NAME" or "policy NAME"; a header is shown as it is.
std::string title(std::string_view line) {
    const bool principal = line.starts_with("princ\t");
    if (!principal && !line.starts_with("policy\t")) return std::string{line};
    std::string kind{line.substr(0, line.find('\t'))};
    for (std::size_t field = 0; field < (principal ? name_field : 1); ++field)
        line.remove_prefix(line.find('\t') + 1);
    return kind + ' ' + std::string{line.substr(0, line.find('\t'))};
}

}  // namespace

std::vector<std::string> comparable(std::string_view dump) {
    std::vector<std::string> lines;
    while (!dump.empty()) {
        const auto end = std::min(dump.find('\n'), dump.size());
        const auto line = dump.substr(0, end);
        lines.push_back(line.starts_with("princ\t") ? without_login_fields(line) : std::string{line});
        dump.remove_prefix(std::min(end + 1, dump.size()));
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::string difference(std::string_view expected, std::string_view actual) {
    const auto a = comparable(expected);
    const auto b = comparable(actual);
    std::string text;
    const auto report = [&text](const std::vector<std::string>& from, const std::vector<std::string>& without,
                                std::string_view what) {
        std::vector<std::string> only;
        std::set_difference(from.begin(), from.end(), without.begin(), without.end(), std::back_inserter(only));
        for (std::size_t i = 0; i < std::min<std::size_t>(only.size(), 5); ++i)
            text += std::string{what} + ' ' + title(only[i]) + '\n';
        if (only.size() > 5) text += "and " + std::to_string(only.size() - 5) + " more\n";
    };
    report(a, b, "missing or different:");
    report(b, a, "not expected:");
    return text;
}

}  // namespace kpropgw::testing
