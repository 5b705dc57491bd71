#include <fmt/format.h>
#include <sysexits.h>
#include <unistd.h>

#include <CLI/Error.hpp>
#include <memory>

#include "base/output_file.hpp"
#include "codepage/codepage.hpp"
#include "formats/dump/recoded.hpp"
#include "formats/dump/version.hpp"
#include "formats/dump/writer.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/dump_conversion.hpp"
#include "gateway/cli/dump_input.hpp"
#include "gateway/cli/format_option.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/loss_report.hpp"

namespace kpropgw::cli {
namespace {

struct Arguments {
    std::string file;
    std::optional<formats::Format> to;
    std::string out = "-";
    std::optional<std::string> codepage;
    std::optional<std::string> to_codepage;
    std::optional<std::string> report;
    std::optional<std::uint32_t> serial;
    std::uint32_t time = 0;
};

/// The arguments, read.
struct Target {
    formats::Format format;
    codepage::CodePage page = codepage::CodePage::utf8();
};

Target target_of(const Arguments& arguments) {
    Target target;
    target.format = arguments.to.value_or(formats::Format{});
    if (arguments.to_codepage) {
        if (target.format.json)
            throw CLI::ValidationError("--to-codepage", "JSON is in UTF-8 always (RFC 8259); leave it out");
        target.page = codepage::CodePage::find(*arguments.to_codepage).value();
    }
    return target;
}

/// Where the dump stands in the update log: as the dump that is read says, or as the caller does.
Result<formats::LogPosition> position_of(const Arguments& arguments, const formats::Header& header,
                                         formats::Format format) {
    if (!formats::layout_of(format.version).position) return formats::LogPosition{};
    if (arguments.serial) return formats::LogPosition{*arguments.serial, arguments.time, 0};
    if (header.position) return *header.position;
    return Error(Errc::invalid_input,
                 fmt::format("a dump for iprop begins with a serial, which a {} dump does not have: give --serial N",
                             formats::to_text(header.version)));
}

formats::WriteBytes sink_of(OutputFile& output, const codepage::CodePage& page) {
    const formats::WriteBytes plain = [&output](std::string_view piece) { return output.write(piece); };
    if (page.is_utf8()) return plain;
    return formats::encoded(
        plain,
        [page, name = output.name()](std::string_view lines, std::string& out, std::uint64_t offset) -> Result<void> {
            const auto ok = page.from_utf8(lines, out, offset);
            if (!ok) return ok.error().in(name);
            return {};
        });
}

Result<void> convert(const Arguments& arguments, const Target& target) {
    auto input = DumpInput::open(arguments.file, arguments.codepage);
    if (!input) return input.error();
    if (arguments.out == "-" && ::isatty(STDOUT_FILENO) == 1) input->be_quiet();
    auto parts = DumpParts::open(input->bytes(), input->name());
    if (!parts) return parts.error();
    formats::Format format = target.format;
    if (format.json) format.version = parts->header().version;
    const auto position = position_of(arguments, parts->header(), format);
    if (!position) return position.error().in(input->name());
    std::optional<LossReport> report;
    if (arguments.report) {
        auto created = LossReport::create(*arguments.report);
        if (!created) return created.error();
        report.emplace(std::move(*created));
    }
    auto output = OutputFile::create(arguments.out);
    if (!output) return output.error();
    const auto losses = convert_parts(*parts, input->name(), format, *position, sink_of(*output, target.page),
                                      report ? &*report : nullptr);
    if (!losses) return losses.error();
    if (auto ok = output->commit(); !ok) return ok;
    say_losses(*losses, arguments.report.value_or(""));
    return report ? report->commit() : Result<void>();
}

}  // namespace

Action set_up_dump_convert(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("FILE", arguments->file, "the dump; - is stdin")->required();
    add_format_option(app, "r1_11", arguments->to);
    app.add_option("-o,--output", arguments->out, "where to; - is stdout")->type_name("OUT")->capture_default_str();
    add_codepage_option(app, arguments->codepage);
    add_to_codepage_option(app, arguments->to_codepage);
    app.add_option("--report", arguments->report,
                   "list what FORMAT cannot carry, record by record, in FILE; as JSON when its name ends in .json")
        ->type_name("FILE");
    const auto serial = app.add_option("--serial", arguments->serial,
                                       "iprop, ipropx: the serial of the update log that the dump stands at")
                            ->type_name("N");
    app.add_option("--time", arguments->time, "the time of that serial, in seconds since 1970")
        ->type_name("SECONDS")
        ->needs(serial);
    return [arguments]() -> int {
        const auto done = convert(*arguments, target_of(*arguments));
        return done ? EX_OK : fail(done.error());
    };
}

}  // namespace kpropgw::cli
