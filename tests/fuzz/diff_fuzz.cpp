#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "formats/update/diff.hpp"
#include "formats/update/match.hpp"

using namespace kpropgw;
using namespace kpropgw::formats;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

struct Whole {
    std::vector<HashedRecord> records;
    std::uint64_t lines = 0;
    std::string error;
    bool operator==(const Whole&) const = default;
};

Whole hash_in_parts(const DumpFile& file, const Header& header, const HashKey& key, std::uint64_t part_size) {
    Whole whole;
    const auto done =
        one_after_another([&](std::size_t number) { return hash_part(file, header, number, key, part_size); },
                          [&whole](const HashedPart& part) -> Result<bool> {
                              whole.records.insert(whole.records.end(), part.records.begin(), part.records.end());
                              whole.lines += part.lines;
                              if (!part.outcome) return part.outcome.error();
                              return !part.is_last;
                          });
    if (!done) whole.error = done.error().text();
    return whole;
}

class Nothing final : public DifferenceSink {
    Result<void> principal(const Principal*, const Principal*) override { std::abort(); }
    Result<void> policy(const Policy*, const Policy*) override { std::abort(); }
};

}  // namespace

/// A dump, which is the same in parts of any size and never differs from itself.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const DumpFile file{"fuzz", [data, size](std::uint64_t offset, std::span<char> into) -> Result<std::size_t> {
                            const std::size_t begin = std::min<std::size_t>(offset, size);
                            const std::size_t count = std::min(into.size(), size - begin);
                            if (count > 0) std::memcpy(into.data(), data + begin, count);
                            return count;
                        }};
    const auto header = header_of(file);
    if (!header) return 0;
    HashKey key;
    key.bytes.fill(7);
    const Whole whole = hash_in_parts(file, *header, key, size);
    const std::uint64_t part_size = size / 16 + 1 + data[size - 1] % 61;
    require(hash_in_parts(file, *header, key, part_size) == whole);

    const auto pairs = match_by_hash(file, file, key, one_after_another);
    require(pairs.has_value() ? pairs->empty() : pairs.error().text().starts_with("fuzz:"));
    Nothing nothing;
    const auto difference = diff(file, file, key, {}, nothing);
    require(difference.has_value() == pairs.has_value());
    return 0;
}
