#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "formats/dump/reader.hpp"
#include "formats/dump/version.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Reads of a size that depends on the input, so that lines are met at every offset of the buffer.
ReadBytes pieces_of(const std::string& dump) {
    return [&dump, done = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({into.size(), dump.size() - done, 1 + dump.size() % 97});
        std::memcpy(into.data(), dump.data() + done, count);
        done += count;
        return count;
    };
}

std::string print(const Principal& principal, DumpVersion version) {
    std::string line;
    append_principal(line, principal, version);
    require(line.ends_with('\n') && std::count(line.begin(), line.end(), '\n') == 1);
    line.pop_back();
    return line;
}

std::string print(const Policy& policy, DumpVersion version) {
    std::string line;
    append_policy(line, policy, version);
    require(line.ends_with('\n') && std::count(line.begin(), line.end(), '\n') == 1);
    line.pop_back();
    return line;
}

/// What is cut out of the line must be what is printed anew.
void check_cut(const Principal& principal, std::string_view line) {
    for (const Layout& layout : layouts()) {
        std::string cut;
        append_principal(cut, principal, line, layout.version);
        std::string printed;
        append_principal(printed, principal, layout.version);
        require(cut == printed);
    }
}

void check(const Principal& principal) {
    std::string line = print(principal, DumpVersion::v7);
    const std::string canonical = line;
    Principal again;
    require(parse_principal(line, again).has_value());
    require(compare(principal, again) == Difference::none);
    require(print(again, DumpVersion::v7) == canonical);

    std::string old_line = print(principal, DumpVersion::v4);
    Principal arrived;
    require(parse_principal(old_line, arrived).has_value());
    require(arrived.find_tl(tl_kadm_data) == nullptr);
    const auto is_kadm_data = [](const TlData& item) { return item.type == tl_kadm_data; };
    if (std::count_if(principal.tl.begin(), principal.tl.end(), is_kadm_data) > 1) return;
    keep_what_cannot_travel(arrived, principal, DumpVersion::v4);
    require(compare(principal, arrived) == Difference::none);
}

void check(const Policy& policy) {
    for (const Layout& layout : layouts()) {
        const DumpVersion version = layout.version;
        std::string line = print(policy, version);
        const std::string canonical = line;
        Policy again;
        require(parse_policy(line, version, again).has_value());
        require(print(again, version) == canonical);
        keep_what_cannot_travel(again, policy, version);
        require(compare(policy, again) == Difference::none);
    }
}

/// The input as it is, or, in a target for one version, under that version's first line in place of its own.
std::string as_dump(const unsigned char* data, std::size_t size) {
    std::string dump(data, data + size);
#ifdef KPROPGW_FUZZ_VERSION
    const auto own = read_header(std::string_view(dump).substr(0, header_room));
    dump.replace(0, own ? own->size : 0, header_line(DumpVersion::KPROPGW_FUZZ_VERSION, {5, 1700000000, 1}));
#endif
    return dump;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string dump = as_dump(data, size);
    auto reader = DumpReader::open(pieces_of(dump), "fuzz", {.line = 1u << 16});
    if (!reader) {
        require(reader.error().text().starts_with("fuzz:1: "));
        return 0;
    }
    std::size_t records = 0;
    for (;;) {
        const auto record = reader->next();
        if (!record) {
            require(record.error().text().starts_with("fuzz:"));
            return 0;
        }
        if (*record == DumpReader::Record::end) break;
        if (*record == DumpReader::Record::principal) {
            if (!reader->line_as_written().empty()) check_cut(reader->principal(), reader->line_as_written());
            check(reader->principal());
        }
        if (*record == DumpReader::Record::policy) check(reader->policy());
        ++records;
    }
    require(records > 0);
    return 0;
}
