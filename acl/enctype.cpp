#include "acl/enctype.hpp"

#include <algorithm>
#include <vector>

#include "base/enctype.hpp"
#include "base/nearest.hpp"

namespace kpropgw::acl {

std::optional<Enctype> parse_enctype(std::string_view name) {
    const auto known = enctype_names();
    const auto found = std::find_if(known.begin(), known.end(),
                                    [wanted = to_lower(name)](const auto& type) { return type.name == wanted; });
    if (found == known.end()) return std::nullopt;
    return Enctype{found->number, std::string(name)};
}

std::string nearest_enctype(std::string_view name) {
    std::vector<std::string_view> names;
    for (const EnctypeName& known : enctype_names())
        names.push_back(known.name);
    return did_you_mean(name, names);
}

std::string_view describe_weakness(const Enctype& enctype) {
    switch (strength_of_enctype(enctype.number)) {
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
