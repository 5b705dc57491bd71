#include "gateway/cli/dump_conversion.hpp"

#include <fmt/format.h>

#include <optional>

#include "gateway/cli/work_in_order.hpp"
#include "gateway/cli/write_behind.hpp"

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

/// So much that a text does not grow, which would leave keys behind in what it outgrew.
std::size_t room_for(std::size_t read, formats::Format format) {
    return format.json ? 2 * read : read + read / 8;
}

Converted convert_part(DumpParts::Part part, SecretText room, const formats::Header& header, formats::Format format,
                       const LossReport* report) {
    Converted made;
    made.bytes = std::move(room);
    made.bytes.text.clear();
    made.bytes.text.reserve(room_for(part.size, format));
    DumpReader reader = DumpReader::within(std::move(part.bytes), part.size, header);
    formats::DumpWriter writer(made.bytes.text, format);
    if (auto done = copy(reader, writer, report, made); !done) made.error = done.error();
    made.met_end_line = reader.met_end_line();
    made.lines = reader.line();
    made.losses = writer.losses();
    made.read = reader.release();
    return made;
}

/// One dump on its way: parts go to the workers, what they made is taken in the parts' order, and a thread of its own
/// writes it while the next parts are read and converted.
class Conversion {
public:
    Conversion(DumpParts& parts, const std::string& file, formats::Format format, formats::WriteBytes sink,
               LossReport* report)
        : parts_(parts),
          file_(file),
          format_(format),
          report_(report),
          losses_(format.json ? formats::DumpVersion::v7 : format.version),
          output_(std::move(sink)) {}

    Result<formats::LossFinder> run(const formats::LogPosition& position) {
        const auto done = convert(position);
        // What was made before an error is written, or fails, before it.
        if (const auto written = output_.finish(); !written) return written.error();
        if (!done) return done.error();
        return std::move(losses_);
    }

private:
    Result<void> convert(const formats::LogPosition& position) {
        SecretText header;
        formats::DumpWriter(header.text, format_).begin(position);
        if (auto ok = write(std::move(header)); !ok) return ok;
        for (bool met_end_line = false; !met_end_line;) {
            if (auto ok = hand_out_parts(); !ok) return ok;
            if (under_way_.is_empty()) break;
            Converted made = under_way_.take();
            met_end_line = made.met_end_line;
            if (auto ok = take(std::move(made)); !ok) return ok;
        }
        return has_records_ ? Result<void>() : here(DumpReader::no_record());
    }

    Result<void> hand_out_parts() {
        while (!ended_ && !under_way_.is_full()) {
            auto part = parts_.next();
            if (!part) return part.error().in(file_);
            ended_ = part->size == 0;
            if (ended_) break;
            under_way_.give([this, read = std::move(*part), room = take_room()]() mutable {
                return convert_part(std::move(read), std::move(room), parts_.header(), format_, report_);
            });
        }
        return {};
    }

    Result<void> take(Converted made) {
        lines_ += made.lines;
        has_records_ = has_records_ || made.has_records;
        if (made.error) return here(*made.error);
        losses_.add(*made.losses);
        if (auto ok = write(std::move(made.bytes)); !ok) return ok;
        parts_.give_back(std::move(made.read));
        return report_ ? report_->write(made.report) : Result<void>();
    }

    Result<void> write(SecretText text) {
        auto room = output_.write(std::move(text));
        if (!room) return room.error();
        rooms_.push_back(std::move(*room));
        return {};
    }

    SecretText take_room() {
        if (rooms_.empty()) return {};
        SecretText room = std::move(rooms_.back());
        rooms_.pop_back();
        return room;
    }

    Error here(const Error& error) const { return error.in(fmt::format("{}:{}", file_, lines_)); }

    DumpParts& parts_;
    const std::string& file_;
    const formats::Format format_;
    LossReport* const report_;
    formats::LossFinder losses_;
    std::uint64_t lines_ = 1;
    bool ended_ = false;
    bool has_records_ = false;
    std::vector<SecretText> rooms_;  ///< texts that are written, to be used again
    WriteBehind output_;
    // Last, so that no part is under way when anything else ends. One part more than threads is ready for the first
    // that ends.
    WorkInOrder<Converted> under_way_{usual_workers(), usual_workers() + 1};
};

}  // namespace

Result<formats::LossFinder> convert_parts(DumpParts& parts, const std::string& file, formats::Format format,
                                          const formats::LogPosition& position, const formats::WriteBytes& sink,
                                          LossReport* report) {
    return Conversion(parts, file, format, sink, report).run(position);
}

}  // namespace kpropgw::cli
