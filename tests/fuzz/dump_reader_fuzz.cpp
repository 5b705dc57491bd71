#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>

#include "formats/dump/reader.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

/// Reads of a size that depends on the input, so that lines are met at every offset of the buffer.
ReadBytes pieces_of(const unsigned char* data, std::size_t size) {
    return [data, size, done = std::size_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        const std::size_t count = std::min({into.size(), size - done, 1 + size % 97});
        if (count > 0) std::memcpy(into.data(), data + done, count);
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
    for (const auto version : {DumpVersion::v4, DumpVersion::v5, DumpVersion::v6, DumpVersion::v7}) {
        std::string line = print(policy, version);
        const std::string canonical = line;
        Policy again;
        require(parse_policy(line, version, again).has_value());
        require(print(again, version) == canonical);
        keep_what_cannot_travel(again, policy, version);
        require(compare(policy, again) == Difference::none);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    auto reader = DumpReader::open(pieces_of(data, size), "fuzz", {.line = 1u << 16});
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
        if (*record == DumpReader::Record::principal) check(reader->principal());
        if (*record == DumpReader::Record::policy) check(reader->policy());
        ++records;
    }
    require(records > 0);
    return 0;
}
