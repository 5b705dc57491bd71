#include "codepage/codepage.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/hex.hpp"
#include "codepage/description.hpp"
#include "gateway/cli/commands.hpp"

namespace kpropgw::cli {
namespace {

using codepage::Description;

constexpr std::size_t columns = 6;
using Row = std::array<std::string, columns>;

std::string_view family_name(Description::Family family) {
    switch (family) {
        case Description::Family::utf8:
            return "UTF-8";
        case Description::Family::ebcdic:
            return "EBCDIC";
        case Description::Family::ascii:
            break;
    }
    return "ASCII";
}

std::string_view width_name(Description::Width width) {
    switch (width) {
        case Description::Width::single:
            return "single";
        case Description::Width::shifting:
            return "shifting";
        case Description::Width::multiple:
            break;
    }
    return "multiple";
}

std::string_view letters_name(Description::SmallLetters letters) {
    switch (letters) {
        case Description::SmallLetters::usual:
            return "usual";
        case Description::SmallLetters::elsewhere:
            return "elsewhere";
        case Description::SmallLetters::none:
            break;
    }
    return "none";
}

std::string describe_use(const Description& page) {
    std::string text(page.use);
    if (page.small_letters == Description::SmallLetters::elsewhere) text += "; a-z lie elsewhere";
    if (page.small_letters == Description::SmallLetters::none) text += text.empty() ? "no a-z" : "; no a-z";
    return text;
}

Row to_row(const Description& page) {
    const std::string euro = page.has_euro ? "yes" : page.euro_twin.empty() ? "no" : page.euro_twin;
    return {page.name,
            page.ccsid == 0 ? "-" : std::to_string(page.ccsid),
            page.family == Description::Family::utf8
                ? "UTF-8"
                : fmt::format("{}, {}", family_name(page.family), width_name(page.width)),
            page.at_sign.empty() ? "-" : to_hex(page.at_sign),
            euro,
            describe_use(page)};
}

/// Columns as wide as their widest word; nothing behind the last.
std::string to_table(const std::vector<Row>& rows) {
    std::array<std::size_t, columns> widths{};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < columns; ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string table;
    for (const Row& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < columns; ++i)
            line += fmt::format("{:<{}}  ", row[i], widths[i]);
        line.erase(line.find_last_not_of(' ') + 1);
        table += line + '\n';
    }
    return table;
}

nlohmann::ordered_json to_json(const Description& page) {
    using Json = nlohmann::ordered_json;
    return {{"name", page.name},
            {"ccsid", page.ccsid == 0 ? Json() : Json(page.ccsid)},
            {"family", family_name(page.family)},
            {"width", width_name(page.width)},
            {"small_letters", letters_name(page.small_letters)},
            {"at_sign", to_hex(page.at_sign)},
            {"euro", page.has_euro},
            {"euro_twin", page.euro_twin.empty() ? Json() : Json(page.euro_twin)},
            {"use", page.use}};
}

std::string list_as_json(const std::vector<Description>& pages) {
    auto array = nlohmann::ordered_json::array();
    for (const Description& page : pages)
        array.push_back(to_json(page));
    return array.dump(2) + "\n";
}

std::string list_as_table(const std::vector<Description>& pages) {
    std::vector<Row> rows{{"NAME", "CCSID", "KIND", "@", "EURO", "FOR"}};
    for (const Description& page : pages)
        rows.push_back(to_row(page));
    return to_table(rows);
}

int list(bool as_json) {
    const auto pages = codepage::describe_all();
    const std::string text = as_json ? list_as_json(pages) : list_as_table(pages);
    std::fwrite(text.data(), 1, text.size(), stdout);  // what went wrong is seen when stdout is flushed
    return EX_OK;
}

}  // namespace

Action set_up_codepage_list(CLI::App& app) {
    auto as_json = std::make_shared<bool>(false);
    app.add_flag("--json", *as_json, "for programs; the names of its fields do not change");
    return [as_json] { return list(*as_json); };
}

}  // namespace kpropgw::cli
