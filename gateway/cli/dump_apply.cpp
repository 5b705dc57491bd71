#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "base/output_file.hpp"
#include "formats/update/apply.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/format_option.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/kept_dump.hpp"
#include "gateway/cli/loss_report.hpp"

namespace kpropgw::cli {
namespace {

struct Arguments {
    std::string base;
    std::string updates;
    std::string out = "-";
    std::optional<formats::Format> to;
    bool force = false;
    std::optional<std::string> codepage;
};

Result<formats::Applied> apply(const Arguments& arguments) {
    auto updates = DumpInput::open(arguments.updates, std::nullopt);
    if (!updates) return updates.error();
    auto set = formats::UpdateSet::read(updates->bytes(), updates->name());
    if (!set) return set.error();
    const auto base = open_kept_dump(arguments.base, arguments.codepage);
    if (!base) return base.error();
    auto output = OutputFile::create(arguments.out);
    if (!output) return output.error();
    const auto file = file_of(*base);
    const auto applied = formats::apply(file, *set, {arguments.to, arguments.force},
                                        [&output](std::string_view piece) { return output->write(piece); });
    if (!applied) return applied;
    if (const auto ok = output->commit(); !ok) return ok.error();
    return applied;
}

}  // namespace

Action set_up_dump_apply(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("BASE", arguments->base, "the dump; - is stdin")->required();
    app.add_option("UPDATES", arguments->updates, "an update file of dump diff; - is stdin")->required();
    app.add_option("-o,--output", arguments->out, "where the new dump goes; - is stdout")
        ->type_name("OUT")
        ->capture_default_str();
    add_format_option(app, "BASE's", arguments->to);
    app.add_flag("--force", arguments->force, "pass over deletions of what is not in BASE");
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        refuse_stdin_twice("UPDATES", arguments->base, arguments->updates);
        const auto applied = apply(*arguments);
        if (!applied) return fail(applied.error());
        fmt::print(stderr, "kpropgw: {} added, {} replaced, {} deleted{}\n", applied->added, applied->replaced,
                   applied->deleted,
                   applied->passed_over ? fmt::format(", {} were not there", applied->passed_over) : "");
        say_losses(*applied->losses);
        return EX_OK;
    };
}

}  // namespace kpropgw::cli
