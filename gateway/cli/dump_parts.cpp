#include "gateway/cli/dump_parts.hpp"

#include <algorithm>
#include <cstring>

namespace kpropgw::cli {
namespace {

constexpr std::size_t usual_size = 512u << 10;

}  // namespace

Result<DumpParts> DumpParts::open(formats::ReadBytes source, const std::string& file) {
    DumpParts parts(std::move(source));
    Part beginning{Secret(formats::header_room), 0};
    if (const auto ok = parts.fill(beginning); !ok) return ok.error().in(file);
    const std::string_view text = beginning.bytes.reveal().substr(0, beginning.size);
    const auto header = formats::read_header(text);
    if (!header) return header.error().in(file + ":1");
    parts.header_ = *header;
    parts.rest_ = Secret(text.substr(header->size));
    return parts;
}

/// Reads until the part is full or the dump ends.
Result<void> DumpParts::fill(Part& part) {
    while (part.size < part.bytes.size() && !ended_) {
        const auto count = source_(part.bytes.writable().subspan(part.size));
        if (!count) return count.error();
        ended_ = *count == 0;
        part.size += *count;
    }
    return {};
}

Secret DumpParts::take_room(std::size_t size) {
    if (spare_.empty() || spare_.back().size() < size) return Secret(size);
    Secret room = std::move(spare_.back());
    spare_.pop_back();
    return room;
}

Result<DumpParts::Part> DumpParts::next() {
    Part part{take_room(std::max(usual_size, 2 * rest_.size())), rest_.size()};
    std::ranges::copy(rest_.reveal(), part.bytes.writable().begin());
    rest_ = Secret();
    for (;;) {
        if (const auto ok = fill(part); !ok) return ok.error();
        const std::string_view text = part.bytes.reveal().substr(0, part.size);
        if (ended_ || text.size() > formats::ReaderLimits().line) return part;
        const std::size_t last = text.rfind('\n');
        if (last != std::string_view::npos) {
            rest_ = Secret(text.substr(last + 1));
            part.size = last + 1;
            return part;
        }
        Secret larger(2 * part.bytes.size());
        std::memcpy(larger.writable().data(), text.data(), text.size());
        part.bytes = std::move(larger);
    }
}

}  // namespace kpropgw::cli
