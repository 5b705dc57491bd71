#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "base/output_file.hpp"
#include "formats/quoted.hpp"
#include "formats/update/restore_history.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/format_option.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/kept_dump.hpp"
#include "gateway/cli/loss_report.hpp"

namespace kpropgw::cli {
namespace {

struct Arguments {
    std::string compat;
    std::string replace;
    std::string out = "-";
    std::optional<std::string> report;
    std::optional<formats::Format> to;
    std::optional<std::string> codepage;
};

/// One line for each record of which something is to be said, on stderr or in a file.
class Report {
public:
    static Result<Report> open(const std::optional<std::string>& path) {
        Report report;
        if (!path) return report;
        auto file = OutputFile::create(*path);
        if (!file) return file.error();
        report.file_.emplace(std::move(*file));
        return report;
    }

    void add(formats::RecordKind kind, std::string_view name, formats::Restored what) {
        const std::string line =
            fmt::format("{} {}: {}\n", formats::to_text(kind), formats::quoted_name(name), formats::to_text(what));
        if (!file_) {
            fmt::print(stderr, "{}", line);
        } else if (written_) {
            written_ = file_->write(line);
        }
    }

    Result<void> finish() { return file_ && written_ ? file_->commit() : written_; }

private:
    std::optional<OutputFile> file_;
    Result<void> written_;
};

Result<formats::RestoreResult> restore(const Arguments& arguments) {
    const auto compat = open_kept_dump(arguments.compat, arguments.codepage);
    if (!compat) return compat.error();
    const auto replace = open_kept_dump(arguments.replace, arguments.codepage);
    if (!replace) return replace.error();
    auto report = Report::open(arguments.report);
    if (!report) return report.error();
    auto output = OutputFile::create(arguments.out);
    if (!output) return output.error();
    const auto compat_file = file_of(*compat);
    const auto replace_file = file_of(*replace);
    const auto result = formats::restore_history(
        compat_file, replace_file, formats::HashKey::random(), arguments.to,
        [&report](auto kind, auto name, auto what) { report->add(kind, name, what); },
        [&output](std::string_view piece) { return output->write(piece); });
    if (!result) return result;
    if (const auto ok = report->finish(); !ok) return ok.error();
    if (const auto ok = output->commit(); !ok) return ok.error();
    return result;
}

}  // namespace

Action set_up_dump_restore_history(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("COMPAT", arguments->compat, "the dump that lost them; - is stdin")->required();
    app.add_option("REPLACE", arguments->replace, "a dump of before, of version 5 or later; - is stdin")->required();
    app.add_option("-o,--output", arguments->out, "where the new dump goes; - is stdout")
        ->type_name("OUT")
        ->capture_default_str();
    app.add_option("--report", arguments->report, "list what is not restored in FILE; on stderr when absent")
        ->type_name("FILE");
    add_format_option(app, "REPLACE's", arguments->to);
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        refuse_stdin_twice("REPLACE", arguments->compat, arguments->replace);
        const auto result = restore(*arguments);
        if (!result) return fail(result.error());
        fmt::print(stderr, "kpropgw: {} principals, {} restored, {} not\n", result->principals, result->restored,
                   result->not_restored);
        say_losses(*result->losses);
        return EX_OK;
    };
}

}  // namespace kpropgw::cli
