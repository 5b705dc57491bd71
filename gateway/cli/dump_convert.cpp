#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <memory>

#include "base/output_file.hpp"
#include "formats/dump/reader.hpp"
#include "formats/dump/writer.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/dump_input.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {
namespace {

using formats::DumpReader;

struct Arguments {
    std::string file;
    std::string to = "r1_11";
    std::string out = "-";
    std::optional<std::string> codepage;
};

Result<void> convert(const Arguments& arguments, formats::Format format) {
    auto input = DumpInput::open(arguments.file, arguments.codepage);
    if (!input) return input.error();
    auto reader = DumpReader::open(input->bytes(), input->name());
    if (!reader) return reader.error();
    auto output = OutputFile::create(arguments.out);
    if (!output) return output.error();
    formats::DumpWriter writer([&](std::string_view piece) { return output->write(piece); }, format,
                               reader->position().value_or(formats::LogPosition{}));
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        Result<void> written;
        switch (*record) {
            case DumpReader::Record::principal:
                written = writer.write(reader->principal(), reader->line_as_written());
                break;
            case DumpReader::Record::policy:
                written = writer.write(reader->policy());
                break;
            case DumpReader::Record::end:
                if (auto ok = writer.finish(); !ok) return ok;
                return output->commit();
        }
        if (!written) return written;
    }
}

}  // namespace

Action set_up_dump_convert(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("FILE", arguments->file, "the dump; - is stdin")->required();
    app.add_option("--to", arguments->to, "replace, compat, r13, b7, r18, r1_11, iprop, ipropx or json")
        ->type_name("FORMAT")
        ->capture_default_str();
    app.add_option("-o,--output", arguments->out, "where to; - is stdout")->type_name("OUT")->capture_default_str();
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        const auto format = formats::parse_format(arguments->to);
        if (!format) throw CLI::ValidationError("--to", format.error().text());
        const auto done = convert(*arguments, *format);
        return done ? EX_OK : fail(done.error());
    };
}

}  // namespace kpropgw::cli
