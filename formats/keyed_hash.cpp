#include "formats/keyed_hash.hpp"

#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>  // puts what suits the processor behind the same names
#endif

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
