#include <fmt/format.h>
#include <sysexits.h>

#include <algorithm>
#include <memory>

#include "base/nearest.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/explained.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::size_t width = 78;

/// Lines of at most `width` columns, broken at blanks outside of backticks: a command stands on one line.
std::string wrapped(std::string_view text) {
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        std::size_t end = 0;
        for (bool command = false; end < text.size() && (command || text[end] != ' '); ++end)
            if (text[end] == '`') command = !command;
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (column > 0 && column + 1 + word.size() > width) {
            out += '\n';
            column = 0;
        }
        if (column > 0) out += ' ';
        out += word;
        column += word.size() + (column > 0 ? 1 : 0);
    }
    return out + "\n";
}

void print_list() {
    std::size_t longest = 0;
    for (const Explained& entry : all_explained())
        longest = std::max(longest, entry.id.size());
    for (const Explained& entry : all_explained())
        fmt::print("{:<{}}  {:<8}  {}\n", entry.id, longest, entry.kind, entry.text);
}

int explain(const std::string& id) {
    if (id.empty()) {
        print_list();
        return EX_OK;
    }
    const auto entries = all_explained();
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.id == id; });
    if (found == entries.end()) {
        std::vector<std::string_view> ids;
        for (const Explained& entry : entries)
            ids.push_back(entry.id);
        return fail(
            Error(Errc::not_found, fmt::format("\"{}\" is no event and no cause{}; \"kpropgw explain\" lists them", id,
                                               did_you_mean(id, ids))));
    }
    fmt::print("{} ({}): {}\n\n{}\nWhat to do:\n{}", found->id, found->kind, found->text, wrapped(found->meaning),
               wrapped(found->remedy));
    return EX_OK;
}

}  // namespace

Action set_up_explain(CLI::App& app) {
    auto id = std::make_shared<std::string>();
    app.add_option("ID", *id, "of the log, of status or of events, such as push-refused; without it: the list");
    return [id] { return explain(*id); };
}

}  // namespace kpropgw::cli
