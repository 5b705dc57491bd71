#include <fmt/format.h>
#include <sysexits.h>

#include <CLI/Error.hpp>
#include <memory>

#include "base/output_file.hpp"
#include "formats/update/describe.hpp"
#include "formats/update/diff.hpp"
#include "formats/update/update_writer.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/kept_dump.hpp"
#include "gateway/cli/work_in_order.hpp"

namespace kpropgw::cli {
namespace {

struct Arguments {
    std::string old;
    std::string now;
    std::optional<std::string> out;
    bool summary = false;
    bool json = false;
    bool ignore_logins = false;
    bool exit_code = false;
    std::optional<std::string> codepage;
};

void say_what_is_not_compared(const formats::DiffResult& result) {
    for (const std::string& what : formats::not_compared(result.old_version, result.new_version)) {
        fmt::print(stderr, "kpropgw: not compared, since one of the dumps cannot carry them: {}\n", what);
    }
}

/// Tells every difference to the update file and to stdout, whichever is wanted.
class Teller final : public formats::DifferenceSink {
public:
    Teller(formats::UpdateWriter* updates, OutputFile* lines, bool json)
        : updates_(updates), lines_(lines), json_(json) {}

    Result<void> principal(const formats::Principal* old, const formats::Principal* now) override {
        if (updates_) {
            if (const auto ok = updates_->principal(old, now); !ok) return ok;
        }
        return tell(old, now);
    }
    Result<void> policy(const formats::Policy* old, const formats::Policy* now) override {
        if (updates_) {
            if (const auto ok = updates_->policy(old, now); !ok) return ok;
        }
        return tell(old, now);
    }

private:
    template <class Record>
    Result<void> tell(const Record* old, const Record* now) {
        if (!lines_) return {};
        return lines_->write((json_ ? formats::json_line(old, now) : formats::summary_line(old, now)) + "\n");
    }

    formats::UpdateWriter* updates_;
    OutputFile* lines_;
    bool json_;
};

/// formats::PartsInOrder on a thread a core.
Result<void> on_all_cores(const std::function<formats::HashedPart(std::size_t)>& make,
                          const std::function<Result<bool>(formats::HashedPart)>& take) {
    WorkInOrder<formats::HashedPart> under_way(usual_workers(), usual_workers() + 1);
    for (std::size_t number = 0;;) {
        for (; !under_way.is_full(); ++number)
            under_way.give([&make, number] { return make(number); });
        const auto more = take(under_way.take());
        if (!more) return more.error();
        if (!*more) return {};
    }
}

Result<formats::DiffResult> diff(const Arguments& arguments) {
    const auto old = open_kept_dump(arguments.old, arguments.codepage);
    if (!old) return old.error();
    const auto now = open_kept_dump(arguments.now, arguments.codepage);
    if (!now) return now.error();
    const bool in_words = arguments.summary || arguments.json;
    std::optional<OutputFile> lines;
    if (in_words) {
        auto opened = OutputFile::create("-");
        if (!opened) return opened.error();
        lines.emplace(std::move(*opened));
    }
    std::optional<OutputFile> updates;
    std::optional<formats::UpdateWriter> writer;
    if (arguments.out || !in_words) {
        auto opened = OutputFile::create(arguments.out.value_or("-"));
        if (!opened) return opened.error();
        updates.emplace(std::move(*opened));
        writer.emplace([&updates](std::string_view piece) { return updates->write(piece); });
    }

    Teller teller(writer ? &*writer : nullptr, lines ? &*lines : nullptr, arguments.json);
    const auto old_file = file_of(*old);
    const auto new_file = file_of(*now);
    const auto result = formats::diff(old_file, new_file, formats::HashKey::random(),
                                      {.ignore_logins = arguments.ignore_logins, .in_order = on_all_cores}, teller);
    if (!result) return result;
    if (writer) {
        if (const auto ok = writer->finish(); !ok) return ok.error();
        if (const auto ok = updates->commit(); !ok) return ok.error();
    }
    if (lines) {
        if (const auto ok = lines->commit(); !ok) return ok.error();
    }
    return result;
}

}  // namespace

Action set_up_dump_diff(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("OLD", arguments->old, "a dump; - is stdin")->required();
    app.add_option("NEW", arguments->now, "the dump that the updates lead to; - is stdin")->required();
    app.add_option("-o,--output", arguments->out,
                   "where the update file goes; stdout when absent, unless it shows the differences")
        ->type_name("UPDATES");
    const auto summary = app.add_flag("--summary", arguments->summary, "print the differences in words, without keys");
    app.add_flag("--json", arguments->json, "print the differences as JSON, an object a line, without keys")
        ->excludes(summary);
    app.add_flag("--ignore-logins", arguments->ignore_logins,
                 "leave out what differs in login times, failures or reference counts alone");
    app.add_flag("--exit-code", arguments->exit_code, "end with 1 when the dumps differ");
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        refuse_stdin_twice("NEW", arguments->old, arguments->now);
        if (arguments->out == "-" && (arguments->summary || arguments->json)) {
            throw CLI::ValidationError("-o", "stdout shows the differences already: name a file");
        }
        const auto result = diff(*arguments);
        if (!result) return fail(result.error());
        say_what_is_not_compared(*result);
        return arguments->exit_code && result->differences > 0 ? 1 : EX_OK;
    };
}

}  // namespace kpropgw::cli
