#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <memory>

#include "base/output_file.hpp"
#include "formats/update/diff.hpp"
#include "formats/update/update_writer.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/kept_dump.hpp"

namespace kpropgw::cli {
namespace {

struct Arguments {
    std::string old;
    std::string now;
    std::string out;
    bool ignore_logins = false;
    bool exit_code = false;
    std::optional<std::string> codepage;
};

void say_what_is_not_compared(const formats::DiffResult& result) {
    for (const std::string& what : formats::not_compared(result.old_version, result.new_version)) {
        fmt::print(stderr, "kpropgw: not compared, since one of the dumps cannot carry them: {}\n", what);
    }
}

Result<formats::DiffResult> diff(const Arguments& arguments) {
    const auto old = open_kept_dump(arguments.old, arguments.codepage);
    if (!old) return old.error();
    const auto now = open_kept_dump(arguments.now, arguments.codepage);
    if (!now) return now.error();
    auto output = OutputFile::create(arguments.out);
    if (!output) return output.error();

    formats::UpdateWriter writer([&output](std::string_view piece) { return output->write(piece); });
    const auto old_file = file_of(*old);
    const auto new_file = file_of(*now);
    const auto result = formats::diff(old_file, new_file, formats::HashKey::random(),
                                      {.ignore_logins = arguments.ignore_logins}, writer);
    if (!result) return result;
    if (const auto ok = writer.finish(); !ok) return ok.error();
    if (const auto ok = output->commit(); !ok) return ok.error();
    return result;
}

}  // namespace

Action set_up_dump_diff(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    arguments->out = "-";
    app.add_option("OLD", arguments->old, "a dump; - is stdin")->required();
    app.add_option("NEW", arguments->now, "the dump that the updates lead to; - is stdin")->required();
    app.add_option("-o,--output", arguments->out, "where the update file goes; - is stdout")
        ->type_name("UPDATES")
        ->capture_default_str();
    app.add_flag("--ignore-logins", arguments->ignore_logins,
                 "leave out what differs in login times, failures or reference counts alone");
    app.add_flag("--exit-code", arguments->exit_code, "end with 1 when the dumps differ");
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        if (arguments->old == "-" && arguments->now == "-") {
            throw CLI::ValidationError("NEW", "only one of the dumps can be stdin");
        }
        const auto result = diff(*arguments);
        if (!result) return fail(result.error());
        say_what_is_not_compared(*result);
        return arguments->exit_code && result->differences > 0 ? 1 : EX_OK;
    };
}

}  // namespace kpropgw::cli
