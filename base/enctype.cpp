#include "base/enctype.hpp"

#include <algorithm>

namespace kpropgw {
namespace {

constexpr EnctypeName names[] = {
    {"des-cbc-crc", 1, Strength::des},
    {"des-cbc-md4", 2, Strength::des},
    {"des-cbc-md5", 3, Strength::des},
    {"des", 3, Strength::des},
    {"des-hmac-sha1", 8, Strength::des},
    {"des3-cbc-sha1", 16, Strength::des3},
    {"des3-cbc-sha1-kd", 16, Strength::des3},
    {"des3-hmac-sha1", 16, Strength::des3},
    {"aes128-cts-hmac-sha1-96", 17, Strength::good},
    {"aes128-cts", 17, Strength::good},
    {"aes128-sha1", 17, Strength::good},
    {"aes256-cts-hmac-sha1-96", 18, Strength::good},
    {"aes256-cts", 18, Strength::good},
    {"aes256-sha1", 18, Strength::good},
    {"aes128-cts-hmac-sha256-128", 19, Strength::good},
    {"aes128-sha2", 19, Strength::good},
    {"aes256-cts-hmac-sha384-192", 20, Strength::good},
    {"aes256-sha2", 20, Strength::good},
    {"arcfour-hmac", 23, Strength::rc4},
    {"arcfour-hmac-md5", 23, Strength::rc4},
    {"rc4-hmac", 23, Strength::rc4},
    {"camellia128-cts-cmac", 25, Strength::good},
    {"camellia128-cts", 25, Strength::good},
    {"camellia256-cts-cmac", 26, Strength::good},
    {"camellia256-cts", 26, Strength::good},
};

const EnctypeName* find(std::int32_t number) {
    const auto found = std::find_if(std::begin(names), std::end(names),
                                    [number](const auto& known) { return known.number == number; });
    return found == std::end(names) ? nullptr : found;
}

}  // namespace

std::span<const EnctypeName> enctype_names() {
    return names;
}

Strength strength_of_enctype(std::int32_t number) {
    const EnctypeName* found = find(number);
    return found ? found->strength : Strength::good;
}

std::string enctype_name(std::int32_t number) {
    const EnctypeName* found = find(number);
    return found ? std::string(found->name) : std::to_string(number);
}

}  // namespace kpropgw
