#include "formats/inspect/names.hpp"

#include <fmt/format.h>

namespace kpropgw::formats {
namespace {

struct Named {
    std::uint32_t value;
    std::string_view name;
};

// MIT include/kdb.h.
constexpr Named attribute_bits[] = {
    {0x00000001, "DISALLOW_POSTDATED"},    {0x00000002, "DISALLOW_FORWARDABLE"},
    {0x00000004, "DISALLOW_TGT_BASED"},    {0x00000008, "DISALLOW_RENEWABLE"},
    {0x00000010, "DISALLOW_PROXIABLE"},    {0x00000020, "DISALLOW_DUP_SKEY"},
    {0x00000040, "DISALLOW_ALL_TIX"},      {0x00000080, "REQUIRES_PRE_AUTH"},
    {0x00000100, "REQUIRES_HW_AUTH"},      {0x00000200, "REQUIRES_PWCHANGE"},
    {0x00001000, "DISALLOW_SVR"},          {0x00002000, "PWCHANGE_SERVICE"},
    {0x00004000, "SUPPORT_DESMD5"},        {0x00008000, "NEW_PRINC"},
    {0x00100000, "OK_AS_DELEGATE"},        {0x00200000, "OK_TO_AUTH_AS_DELEGATE"},
    {0x00400000, "NO_AUTH_DATA_REQUIRED"}, {0x00800000, "LOCKDOWN_KEYS"},
};

// kdb.h; 1 and 5 are those of releases before 1.18.
constexpr Named salt_types[] = {
    {0, "normal"}, {1, "v4"}, {2, "norealm"}, {3, "onlyrealm"}, {4, "special"}, {5, "afs3"}, {6, "certhash"},
};

}  // namespace

std::string attribute_names(std::int32_t attributes) {
    auto left = static_cast<std::uint32_t>(attributes);
    std::string names;
    const auto append = [&names](std::string_view name) { names += (names.empty() ? "" : " ") + std::string(name); };
    for (const Named& bit : attribute_bits) {
        if (left & bit.value) append(bit.name);
        left &= ~bit.value;
    }
    if (left != 0) append(fmt::format("0x{:08x}", left));
    return names;
}

std::string salt_type_name(std::int32_t type) {
    for (const Named& known : salt_types) {
        if (static_cast<std::uint32_t>(type) == known.value) return std::string(known.name);
    }
    return fmt::format("{}", type);
}

}  // namespace kpropgw::formats
