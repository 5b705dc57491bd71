#include "acl/acl.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <memory>

#include "codepage/codepage.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/server_list.hpp"

namespace kpropgw::cli {
namespace {

struct CheckArguments {
    std::string file;
    std::optional<std::string> codepage;
};

int check(const CheckArguments& arguments) {
    if (arguments.codepage) {
        const auto known = codepage::CodePage::find(*arguments.codepage);
        if (!known) throw CLI::ValidationError("--codepage", known.error().text());
    }
    const auto reading = read_server_list(arguments.file, arguments.codepage);
    if (!reading) return fail(reading.error());
    print_diagnostics(*reading);
    const std::string name = arguments.file == "-" ? "stdin" : arguments.file;
    fmt::print(reading->acl ? stdout : stderr, "{}: {}\n", name, summary(*reading));
    return reading->acl ? EX_OK : EX_DATAERR;
}

}  // namespace

Action set_up_acl_check(CLI::App& app) {
    auto arguments = std::make_shared<CheckArguments>();
    app.add_option("FILE", arguments->file, "the file; - is stdin")->required();
    app.add_option("--codepage", arguments->codepage,
                   "a CCSID, an IBM name or a locale; LANG's, or recognised, when absent")
        ->type_name("CP");
    return [arguments] { return check(*arguments); };
}

}  // namespace kpropgw::cli
