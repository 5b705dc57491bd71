#include "formats/update/update_writer.hpp"

#include <fmt/format.h>

#include <iterator>

#include "base/secret.hpp"
#include "formats/update/update_reader.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t full = 64u << 10;

}  // namespace

UpdateWriter::UpdateWriter(WriteBytes sink) : sink_(std::move(sink)) {
    piece_.reserve(2 * full);
    piece_ += update_header;
    piece_ += '\n';
}

UpdateWriter::~UpdateWriter() {
    piece_.resize(piece_.capacity());
    wipe(piece_);
}

Result<void> UpdateWriter::put(const Principal& principal) {
    piece_ += "put\t";
    append_principal(piece_, principal, DumpVersion::v7);
    return wrote_one();
}

Result<void> UpdateWriter::put(const Policy& policy) {
    piece_ += "put\t";
    append_policy(piece_, policy, DumpVersion::v7);
    return wrote_one();
}

Result<void> UpdateWriter::remove(RecordKind kind, std::string_view name) {
    fmt::format_to(std::back_inserter(piece_), "del\t{}\t{}\n", kind == RecordKind::principal ? "princ" : "policy",
                   name);
    return wrote_one();
}

Result<void> UpdateWriter::finish() {
    fmt::format_to(std::back_inserter(piece_), "end\t{}\n", count_);
    return flush();
}

Result<void> UpdateWriter::principal(const Principal* old, const Principal* now) {
    return now ? put(*now) : remove(RecordKind::principal, old->name);
}

Result<void> UpdateWriter::policy(const Policy* old, const Policy* now) {
    return now ? put(*now) : remove(RecordKind::policy, old->name);
}

Result<void> UpdateWriter::wrote_one() {
    ++count_;
    return piece_.size() < full ? Result<void>() : flush();
}

Result<void> UpdateWriter::flush() {
    auto ok = sink_(piece_);
    piece_.clear();
    return ok;
}

}  // namespace kpropgw::formats
