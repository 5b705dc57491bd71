#include <string>

#include "formats/update/match.hpp"
#include "formats/update/record_walk.hpp"
#include "formats/update/twice.hpp"

namespace kpropgw::formats {
namespace {

/// A walk that sees whether the records are in order.
class OrderedWalk {
public:
    explicit OrderedWalk(RecordWalk walk) : walk_(std::move(walk)) {}

    /// False when the next record is not in order.
    Result<bool> next() {
        if (at_record_) {
            name_ = walk_.name();
            kind_ = walk_.kind();
            line_ = walk_.line_number();
        }
        const auto more = walk_.next();
        if (!more) return more.error();
        const bool first = !at_record_;
        at_record_ = *more;
        if (first || !at_record_ || walk_.kind() > kind_) return true;
        if (walk_.kind() < kind_) return false;
        const int order = walk_.name().compare(name_);
        if (order == 0) twice_ = true;
        return order > 0;
    }

    bool at_record() const { return at_record_; }
    const RecordWalk& record() const { return walk_; }
    bool is_twice() const { return twice_; }
    Error twice(const DumpFile& file) const {
        return stands_twice(file.name, walk_.line_number(), line_, walk_.kind(), walk_.name());
    }

private:
    RecordWalk walk_;
    bool at_record_ = false;
    bool twice_ = false;
    RecordKind kind_ = RecordKind::principal;
    std::string name_;  ///< of the record before
    std::uint64_t line_ = 0;
};

/// Below 0: `a` comes first. One of the two has a record.
int compare_keys(const OrderedWalk& a, const OrderedWalk& b) {
    if (!a.at_record()) return 1;
    if (!b.at_record()) return -1;
    if (a.record().kind() != b.record().kind()) return a.record().kind() < b.record().kind() ? -1 : 1;
    return a.record().name().compare(b.record().name());
}

/// Whether the first records are in order: one walk through both would see much of one dump before it met the second
/// record of a shuffled other one.
Result<bool> begins_in_order(const DumpFile& file) {
    constexpr int enough = 256;
    auto records = RecordWalk::open(file);
    if (!records) return records.error();
    OrderedWalk walk(std::move(*records));
    for (int i = 0; i < enough; ++i) {
        const auto in_order = walk.next();
        if (!in_order) return in_order.error();
        if (walk.is_twice()) return walk.twice(file);
        if (!*in_order) return false;
        if (!walk.at_record()) break;
    }
    return true;
}

}  // namespace

Result<std::optional<std::vector<Pair>>> match_sorted(const DumpFile& old, const DumpFile& now) {
    for (const DumpFile* file : {&old, &now}) {
        const auto in_order = begins_in_order(*file);
        if (!in_order) return in_order.error();
        if (!*in_order) return std::nullopt;
    }
    auto old_records = RecordWalk::open(old);
    if (!old_records) return old_records.error();
    auto new_records = RecordWalk::open(now);
    if (!new_records) return new_records.error();
    // A policy's line says less in an older version.
    const bool same_version = old_records->version() == new_records->version();
    OrderedWalk a(std::move(*old_records));
    OrderedWalk b(std::move(*new_records));
    std::vector<Pair> pairs;
    bool take_a = true;
    bool take_b = true;
    for (;;) {
        if (take_a) {
            const auto in_order = a.next();
            if (!in_order) return in_order.error();
            if (a.is_twice()) return a.twice(old);
            if (!*in_order) return std::nullopt;
        }
        if (take_b) {
            const auto in_order = b.next();
            if (!in_order) return in_order.error();
            if (b.is_twice()) return b.twice(now);
            if (!*in_order) return std::nullopt;
        }
        if (!a.at_record() && !b.at_record()) return pairs;
        const int order = compare_keys(a, b);
        take_a = order <= 0;
        take_b = order >= 0;
        const bool comparable = same_version || (take_a && a.record().kind() == RecordKind::principal);
        if (take_a && take_b && comparable && a.record().line() == b.record().line()) continue;
        pairs.push_back({take_a ? a.record().offset() : nowhere, take_b ? b.record().offset() : nowhere});
    }
}

}  // namespace kpropgw::formats
