#include "gateway/cli/codepage_option.hpp"

#include "codepage/codepage.hpp"

namespace kpropgw::cli {
namespace {

void add(CLI::App& app, const char* name, const char* text, std::optional<std::string>& into) {
    app.add_option(name, into, text)->type_name("CP")->check([](const std::string& page) {
        const auto known = codepage::CodePage::find(page);
        return known ? std::string() : known.error().text();
    });
}

}  // namespace

void add_codepage_option(CLI::App& app, std::optional<std::string>& into) {
    add(app, "--codepage", "a CCSID, an IBM name or a locale; when absent UTF-8, and for EBCDIC recognised or LANG's",
        into);
}

void add_to_codepage_option(CLI::App& app, std::optional<std::string>& into) {
    add(app, "--to-codepage", "the code page to write; UTF-8 when absent", into);
}

}  // namespace kpropgw::cli
