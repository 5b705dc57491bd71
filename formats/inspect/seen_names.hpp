#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/keyed_hash.hpp"

namespace kpropgw::formats {

/// The names of a dump with their lines, to find one that stands twice: by a hash of 128 bits, in at most 30 bytes a
/// name. All adding comes first, then sort(), then the questions; in a dump that is in order, as kdb5_util's are, no
/// name stands twice, which needs no sort().
class SeenNames {
public:
    void add(std::string_view name, std::uint64_t line);
    bool are_in_order() const { return in_order_; }  ///< each name above the one before it, bytewise
    void sort();

    bool contains(std::string_view name) const;
    std::size_t memory() const;  ///< bytes

    /// Calls `report(first line, line)` for each name that stands again.
    template <class Report>
    void for_each_twice(const Report& report) const {
        for (const auto& bucket : buckets_) {
            for (std::size_t i = 1, first = 0; i < bucket.size(); ++i) {
                if (!bucket[i].is_name_of(bucket[first])) {
                    first = i;
                } else {
                    report(bucket[first].line, bucket[i].line);
                }
            }
        }
    }

private:
    struct Entry {
        std::uint64_t low;
        std::uint64_t high;
        std::uint64_t line;
        bool is_name_of(const Entry& other) const { return low == other.low && high == other.high; }
        auto operator<=>(const Entry&) const = default;
    };
    // Many small arrays grow, and are sorted, in less memory than one large.
    using Bucket = std::vector<Entry>;
    static constexpr std::size_t buckets = 256;

    HashKey key_ = HashKey::random();
    std::array<Bucket, buckets> buckets_;
    std::string last_;
    bool in_order_ = true;
};

}  // namespace kpropgw::formats
