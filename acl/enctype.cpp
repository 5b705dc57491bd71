#include "acl/enctype.hpp"

#include <algorithm>
#include <array>

#include "base/nearest.hpp"

namespace kpropgw::acl {
namespace {

enum class Strength { good, des, des3, rc4 };

struct Known {
    std::string_view name;
    std::int32_t number;
    Strength strength;
};

constexpr std::array known{
    Known{"des-cbc-crc", 1, Strength::des},
    Known{"des-cbc-md4", 2, Strength::des},
    Known{"des-cbc-md5", 3, Strength::des},
    Known{"des", 3, Strength::des},
    Known{"des-hmac-sha1", 8, Strength::des},
    Known{"des3-cbc-sha1", 16, Strength::des3},
    Known{"des3-cbc-sha1-kd", 16, Strength::des3},
    Known{"des3-hmac-sha1", 16, Strength::des3},
    Known{"aes128-cts-hmac-sha1-96", 17, Strength::good},
    Known{"aes128-cts", 17, Strength::good},
    Known{"aes128-sha1", 17, Strength::good},
    Known{"aes256-cts-hmac-sha1-96", 18, Strength::good},
    Known{"aes256-cts", 18, Strength::good},
    Known{"aes256-sha1", 18, Strength::good},
    Known{"aes128-cts-hmac-sha256-128", 19, Strength::good},
    Known{"aes128-sha2", 19, Strength::good},
    Known{"aes256-cts-hmac-sha384-192", 20, Strength::good},
    Known{"aes256-sha2", 20, Strength::good},
    Known{"arcfour-hmac", 23, Strength::rc4},
    Known{"arcfour-hmac-md5", 23, Strength::rc4},
    Known{"rc4-hmac", 23, Strength::rc4},
    Known{"camellia128-cts-cmac", 25, Strength::good},
    Known{"camellia128-cts", 25, Strength::good},
    Known{"camellia256-cts-cmac", 26, Strength::good},
    Known{"camellia256-cts", 26, Strength::good},
};

}  // namespace

std::optional<Enctype> parse_enctype(std::string_view name) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [wanted = to_lower(name)](const Known& type) { return type.name == wanted; });
    if (found == known.end()) return std::nullopt;
    return Enctype{found->number, std::string(name)};
}

std::string nearest_enctype(std::string_view name) {
    std::array<std::string_view, known.size()> names;
    std::transform(known.begin(), known.end(), names.begin(), [](const Known& type) { return type.name; });
    return did_you_mean(name, names);
}

std::string_view describe_weakness(const Enctype& enctype) {
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Known& type) { return type.number == enctype.number; });
    switch (found == known.end() ? Strength::good : found->strength) {
        case Strength::des:
            return "is single DES, which MIT 1.18 and later no longer have";
        case Strength::des3:
            return "is DES3, which newer MIT refuses for session keys unless allow_des3 is set";
        case Strength::rc4:
            return "is RC4, which newer MIT refuses for session keys unless allow_rc4 is set";
        case Strength::good:
            break;
    }
    return "";
}

}  // namespace kpropgw::acl
