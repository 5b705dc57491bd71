#include "gateway/cli/dump_conversion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>

#include "gateway/cli/workers.hpp"

namespace kpropgw::cli {
namespace {

using formats::DumpReader;

/// What became of one part.
struct Converted {
    SecretText bytes;
    Secret read;  ///< the part's bytes, to be used again
    std::string report;
    std::optional<formats::LossFinder> losses;
    std::uint64_t lines = 0;  ///< read, the one with the error included
    bool has_records = false;
    bool met_end_line = false;
    std::optional<Error> error;
};

Result<void> copy(DumpReader& reader, formats::DumpWriter& writer, const LossReport* report, Converted& made) {
    for (;;) {
        const auto record = reader.next();
        if (!record) return record.error();
        if (*record == DumpReader::Record::end) return writer.finish();
        made.has_records = true;
        const bool principal = *record == DumpReader::Record::principal;
        const auto written =
            principal ? writer.write(reader.principal(), reader.line_as_written()) : writer.write(reader.policy());
        if (!written) return written;
        if (!report) continue;
        made.report += report->line(principal ? "principal" : "policy",
                                    principal ? reader.principal().name : reader.policy().name, writer.losses().last());
    }
}

Converted convert_part(DumpParts::Part part, SecretText room, const formats::Header& header, formats::Format format,
                       const LossReport* report) {
    Converted made;
    made.bytes = std::move(room);
    made.bytes.text.clear();
    DumpReader reader = DumpReader::within(std::move(part.bytes), part.size, header);
    formats::DumpWriter writer(made.bytes.text, format);
    if (auto done = copy(reader, writer, report, made); !done) made.error = done.error();
    made.met_end_line = reader.met_end_line();
    made.lines = reader.line();
    made.losses = writer.losses();
    made.read = reader.release();
    return made;
}

Result<void> begin(formats::Format format, const formats::LogPosition& position, const formats::WriteBytes& sink) {
    formats::DumpWriter writer(sink, format);
    writer.begin(position);
    return writer.finish();
}

}  // namespace

Result<formats::LossFinder> convert_parts(DumpParts& parts, const std::string& file, formats::Format format,
                                          const formats::LogPosition& position, const formats::WriteBytes& sink,
                                          LossReport* report) {
    if (const auto ok = begin(format, position, sink); !ok) return ok.error();
    formats::LossFinder losses(format.json ? formats::DumpVersion::v7 : format.version);
    constexpr unsigned most_threads = 4;
    const unsigned threads = std::clamp(std::thread::hardware_concurrency(), 1u, most_threads);
    std::deque<std::future<Converted>> under_way;
    Workers workers(threads);
    std::uint64_t lines = 1;
    bool has_records = false;
    SecretText room;
    for (bool more = true;;) {
        while (more && under_way.size() <= threads) {
            auto part = parts.next();
            if (!part) return part.error().in(file);
            more = part->size > 0;
            if (!more) break;
            auto work = std::make_shared<std::pair<DumpParts::Part, SecretText>>(std::move(*part), std::move(room));
            room = SecretText();
            under_way.push_back(workers.give([work, &parts, format, report] {
                return convert_part(std::move(work->first), std::move(work->second), parts.header(), format, report);
            }));
        }
        if (under_way.empty()) break;
        Converted made = under_way.front().get();
        under_way.pop_front();
        lines += made.lines;
        has_records = has_records || made.has_records;
        if (made.error) return made.error->in(fmt::format("{}:{}", file, lines));
        losses.add(*made.losses);
        if (const auto ok = sink(made.bytes.text); !ok) return ok.error();
        if (report) {
            if (const auto ok = report->write(made.report); !ok) return ok.error();
        }
        if (made.met_end_line) break;
        parts.give_back(std::move(made.read));
        room = std::move(made.bytes);
    }
    if (!has_records) return DumpReader::no_record().in(fmt::format("{}:{}", file, lines));
    return losses;
}

}  // namespace kpropgw::cli
