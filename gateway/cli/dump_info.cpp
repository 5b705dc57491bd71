#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "formats/dump/version.hpp"
#include "formats/inspect/read_through.hpp"
#include "formats/inspect/verifier.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/dump_info_report.hpp"
#include "gateway/cli/dump_input.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {
namespace {

using formats::DumpReader;
using formats::TlContents;

struct Arguments {
    std::string file;
    std::optional<std::string> codepage;
    bool json = false;
};

/// Counts and checks each record. Names that stand twice are left to `dump verify`, for their memory.
struct Counted {
    explicit Counted(const DumpReader& from) : reader(from), verifier({.most_of_a_check = 3, .names = false}) {}

    void see(const formats::Principal& principal, const TlContents& contents, std::uint64_t line) {
        summary.see(principal, contents, line, reader.size());
        verifier.see(principal, contents, line);
    }
    void see(const formats::Policy& policy, std::uint64_t line) {
        summary.see(policy, line, reader.size());
        verifier.see(policy, line);
    }
    void see_malformed(std::uint64_t line, std::string_view text) { verifier.see_malformed(line, text); }

    const DumpReader& reader;
    formats::Summary summary;
    formats::Verifier verifier;
};

Result<DumpInfo> inspect(const Arguments& arguments) {
    auto input = DumpInput::open(arguments.file, arguments.codepage);
    if (!input) return input.error();
    auto reader = DumpReader::open(input->bytes(), input->name());
    if (!reader) return reader.error();
    Counted counted(*reader);
    if (auto ok = formats::read_through(*reader, input->name(), counted); !ok) return ok.error();
    counted.verifier.finish();
    return DumpInfo{input->name(),
                    reader->version(),
                    reader->position(),
                    std::move(counted.summary),
                    counted.verifier.findings(),
                    system_clock().now()};
}

}  // namespace

Action set_up_dump_info(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("FILE", arguments->file, "the dump; - is stdin")->required();
    app.add_flag("--json", arguments->json, "as JSON");
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        const auto info = inspect(*arguments);
        if (!info) return fail(info.error());
        fmt::print("{}", arguments->json ? render_json(*info) : render_text(*info));
        return EX_OK;
    };
}

}  // namespace kpropgw::cli
