#include "formats/keyed_hash.hpp"

// In place, and not by way of <xxh_x86dispatch.h>: what that chooses for AVX-512 leaves the upper parts of the
// registers in use, after which SSE instructions are slow; dump diff took 0.88 s with it and takes 0.55 s without.
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <random>

namespace kpropgw::formats {

HashKey HashKey::random() {
    HashKey key;
    std::independent_bits_engine<std::random_device, 8, unsigned> bytes;
    std::generate(key.bytes.begin(), key.bytes.end(), [&bytes] { return static_cast<unsigned char>(bytes()); });
    return key;
}

NameHash hash_name(const HashKey& key, std::string_view name) {
    const XXH128_hash_t hash = XXH3_128bits_withSecret(name.data(), name.size(), key.bytes.data(), key.bytes.size());
    return {hash.low64, hash.high64};
}

std::uint64_t hash_record(const HashKey& key, std::string_view line) {
    return XXH3_64bits_withSecret(line.data(), line.size(), key.bytes.data(), key.bytes.size());
}

}  // namespace kpropgw::formats
