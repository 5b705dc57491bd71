#include "formats/update/hashed_part.hpp"

#include "formats/update/record_walk.hpp"

namespace kpropgw::formats {

HashedPart hash_part(const DumpFile& file, const Header& header, std::size_t number, const HashKey& key,
                     std::uint64_t part_size) {
    HashedPart part;
    const std::uint64_t begin = header.size + number * part_size;
    RecordWalk walk = RecordWalk::within(file, header, begin, begin + part_size);
    for (;;) {
        const auto more = walk.next();
        part.lines = walk.line_number();
        part.is_last = walk.met_end();
        if (!more) part.outcome = more.error();
        if (!more || !*more) return part;
        HashedRecord& record = part.records.emplace_back();
        record.name = hash_name(key, walk.name());
        // A policy and a principal may have one name.
        record.is_policy = walk.kind() == RecordKind::policy;
        if (record.is_policy) record.name.high = ~record.name.high;
        record.record = hash_record(key, walk.line());
        record.place = walk.offset() & largest_place;
    }
}

Result<void> one_after_another(const std::function<HashedPart(std::size_t)>& make,
                               const std::function<Result<bool>(HashedPart)>& take) {
    for (std::size_t number = 0;; ++number) {
        const auto more = take(make(number));
        if (!more) return more.error();
        if (!*more) return {};
    }
}

}  // namespace kpropgw::formats
