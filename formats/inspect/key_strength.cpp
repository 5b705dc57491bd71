#include "formats/inspect/key_strength.hpp"

#include "base/enctype.hpp"

namespace kpropgw::formats {

KeyStrength key_strength(const Principal& principal) {
    if (principal.keys.empty()) return {};
    KeyStrength strength{true, true, true, true};
    for (const Key& key : principal.keys) {
        if (key.kvno != principal.keys.front().kvno) break;
        const std::int32_t type = key.element[0].type;
        const Strength of_type = strength_of_enctype(type);
        constexpr std::int32_t aes128_sha256 = 19;
        constexpr std::int32_t aes256_sha384 = 20;
        strength.des_only &= of_type == Strength::des;
        strength.old_only &= of_type != Strength::good;
        strength.sha2_only &= type == aes128_sha256 || type == aes256_sha384;
    }
    return strength;
}

}  // namespace kpropgw::formats
