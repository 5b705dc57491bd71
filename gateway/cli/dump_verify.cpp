#include <fmt/format.h>
#include <sysexits.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "formats/dump/version.hpp"
#include "formats/inspect/baseline.hpp"
#include "formats/inspect/read_through.hpp"
#include "formats/inspect/verifier.hpp"
#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/counted.hpp"
#include "gateway/cli/dump_input.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {
namespace {

using formats::Check;
using formats::DumpReader;
using formats::Findings;
using formats::Severity;

struct Arguments {
    std::string file;
    std::optional<std::string> old;
    std::optional<std::string> codepage;
    bool json = false;
};

/// What verifying a dump gave.
struct Report {
    std::string file;
    std::string version;  ///< "" when the header could not be read
    std::uint64_t principals = 0;
    std::uint64_t policies = 0;
    Findings findings;
};

Result<formats::Baseline> read_old(const Arguments& arguments) {
    auto input = DumpInput::open(*arguments.old, arguments.codepage);
    if (!input) return input.error();
    auto reader = DumpReader::open(input->bytes(), input->name());
    if (!reader) return reader.error();
    return formats::read_baseline(*reader);
}

/// The header's error is a finding too: who reads the report need not look elsewhere.
Report report_header(const std::string& file, const Error& error) {
    Report report{file, "", 0, 0, Findings(1)};
    report.findings.add(Check::unreadable_header, 1, [&] {
        std::string_view text = error.text();
        for (const std::string& place : {file + ":1: ", file + ": "}) {
            if (text.starts_with(place)) text.remove_prefix(place.size());
        }
        return std::string(text);
    });
    return report;
}

Result<Report> verify(const Arguments& arguments) {
    std::optional<formats::Baseline> old;
    if (arguments.old) {
        auto read = read_old(arguments);
        if (!read) return read.error();
        old = std::move(*read);
    }
    auto input = DumpInput::open(arguments.file, arguments.codepage);
    if (!input) return input.error();
    auto reader = DumpReader::open(input->bytes(), input->name());
    if (!reader) {
        if (!formats::is_of_the_dump(reader.error())) return reader.error();
        return report_header(input->name(), reader.error());
    }
    formats::Verifier verifier;
    if (auto ok = formats::read_through(*reader, input->name(), verifier); !ok) return ok.error();
    verifier.finish(old ? &*old : nullptr);
    return Report{input->name(), std::string(to_text(reader->version())), verifier.principals(), verifier.policies(),
                  verifier.findings()};
}

void print_text(const Report& report) {
    for (const formats::Finding& finding : report.findings.kept()) {
        const formats::CheckInfo& info = info_of(finding.check);
        const std::string place = finding.line == 0 ? "" : fmt::format(":{}", finding.line);
        fmt::print("{}{}: {}: {} [{}]\n", report.file, place, to_text(info.severity), finding.text, info.id);
    }
    for (const formats::CheckInfo& info : formats::checks()) {
        const std::uint64_t more = report.findings.left_out(info.check);
        if (more > 0) fmt::print("{}: {} more of {}\n", report.file, more, info.id);
    }
    std::string outcome;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const std::uint64_t count = report.findings.count(severity);
        if (count > 0) outcome += (outcome.empty() ? "" : ", ") + counted(count, to_text(severity));
    }
    fmt::print("{}: {}, {}: {}\n", report.file, counted(report.principals, "principal"),
               counted(report.policies, "policy", "policies"), outcome.empty() ? "nothing found" : outcome);
}

void print_json(const Report& report) {
    nlohmann::ordered_json json = {{"file", report.file},
                                   {"version", report.version},
                                   {"principals", report.principals},
                                   {"policies", report.policies},
                                   {"errors", report.findings.count(Severity::error)},
                                   {"warnings", report.findings.count(Severity::warning)},
                                   {"notes", report.findings.count(Severity::note)},
                                   {"findings", nlohmann::ordered_json::array()},
                                   {"left_out", nlohmann::ordered_json::object()}};
    for (const formats::Finding& finding : report.findings.kept()) {
        const formats::CheckInfo& info = info_of(finding.check);
        nlohmann::ordered_json one = {{"id", info.id}, {"severity", to_text(info.severity)}};
        if (finding.line != 0) one["line"] = finding.line;
        one["text"] = finding.text;
        json["findings"].push_back(std::move(one));
    }
    for (const formats::CheckInfo& info : formats::checks()) {
        if (const std::uint64_t more = report.findings.left_out(info.check); more > 0) {
            json["left_out"][std::string(info.id)] = more;
        }
    }
    // A name may be in any bytes.
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace

Action set_up_dump_verify(CLI::App& app) {
    auto arguments = std::make_shared<Arguments>();
    app.add_option("FILE", arguments->file, "the dump; - is stdin")->required();
    app.add_option("--against", arguments->old, "the dump that it takes the place of")->type_name("OLD");
    app.add_flag("--json", arguments->json, "the report as JSON");
    add_codepage_option(app, arguments->codepage);
    return [arguments]() -> int {
        refuse_stdin_twice("--against", arguments->file, arguments->old.value_or(""));
        const auto report = verify(*arguments);
        if (!report) return fail(report.error());
        arguments->json ? print_json(*report) : print_text(*report);
        const Findings& findings = report->findings;
        return findings.count(Severity::error) + findings.count(Severity::warning) > 0 ? EX_DATAERR : EX_OK;
    };
}

}  // namespace kpropgw::cli
