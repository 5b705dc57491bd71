#include "formats/inspect/seen_names.hpp"

#include <algorithm>

namespace kpropgw::formats {

void SeenNames::add(std::string_view name, std::uint64_t line) {
    const NameHash hash = hash_name(key_, name);
    Bucket& bucket = buckets_[hash.low % buckets];
    // A quarter at a time: doubling would take twice the memory.
    if (bucket.size() == bucket.capacity()) bucket.reserve(bucket.size() + bucket.size() / 4 + 16);
    bucket.push_back({hash.low, hash.high, line});
    if (!in_order_) return;
    in_order_ = name > last_;
    last_ = name;
}

void SeenNames::sort() {
    for (Bucket& bucket : buckets_)
        std::sort(bucket.begin(), bucket.end());
}

bool SeenNames::contains(std::string_view name) const {
    const NameHash hash = hash_name(key_, name);
    const Bucket& bucket = buckets_[hash.low % buckets];
    const Entry wanted{hash.low, hash.high, 0};
    const auto found = std::lower_bound(bucket.begin(), bucket.end(), wanted);
    return found != bucket.end() && found->is_name_of(wanted);
}

std::size_t SeenNames::memory() const {
    std::size_t bytes = sizeof *this;
    for (const Bucket& bucket : buckets_)
        bytes += bucket.capacity() * sizeof(Entry);
    return bytes;
}

}  // namespace kpropgw::formats
