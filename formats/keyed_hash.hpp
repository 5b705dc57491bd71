#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace kpropgw::formats {

/// Random bytes under which hashes are made. With a fresh key for every run nobody who chooses names can choose them so
/// that two have one hash.
struct HashKey {
    std::array<unsigned char, 192> bytes;

    /// From the system's random numbers.
    static HashKey random();
};

struct NameHash {
    std::uint64_t low;
    std::uint64_t high;
    bool operator==(const NameHash&) const = default;
};

/// 128 bits: of a thousand million names two have one hash by chance with a probability of 1e-21.
NameHash hash_name(const HashKey& key, std::string_view name);

/// 64 bits, for two records of one name: they have one hash by chance with a probability of 5e-20.
std::uint64_t hash_record(const HashKey& key, std::string_view line);

}  // namespace kpropgw::formats
