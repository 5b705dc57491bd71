#include "formats/dump/writer.hpp"

#include "formats/dump/json.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t full = 64u << 10;

/// JSON carries all.
DumpVersion carried_by(Format format) {
    return format.json ? DumpVersion::v7 : format.version;
}

}  // namespace

DumpWriter::DumpWriter(WriteBytes sink, Format format)
    : sink_(std::move(sink)), format_(format), losses_(carried_by(format)), piece_(own_.text) {
    piece_.reserve(2 * full);
}

DumpWriter::DumpWriter(std::string& into, Format format) : format_(format), losses_(carried_by(format)), piece_(into) {}

void DumpWriter::begin(const LogPosition& position) {
    piece_ += format_.json ? json_header(format_.version, position) : header_line(format_.version, position);
}

Result<void> DumpWriter::write(const Principal& principal, std::string_view line_as_written) {
    losses_.of(principal);
    if (format_.json) {
        append_json(piece_, principal);
    } else if (!line_as_written.empty()) {
        append_principal(piece_, principal, line_as_written, format_.version);
    } else {
        append_principal(piece_, principal, format_.version);
    }
    return flush_when_full();
}

Result<void> DumpWriter::write(const Policy& policy) {
    losses_.of(policy);
    if (format_.json) {
        append_json(piece_, policy);
    } else {
        append_policy(piece_, policy, format_.version);
    }
    return flush_when_full();
}

Result<void> DumpWriter::flush_when_full() {
    return piece_.size() < full ? Result<void>() : finish();
}

Result<void> DumpWriter::finish() {
    if (!sink_) return {};
    auto ok = sink_(piece_);
    piece_.clear();
    return ok;
}

}  // namespace kpropgw::formats
