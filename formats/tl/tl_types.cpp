#include "formats/tl/tl_types.hpp"

#include "formats/dump/version.hpp"

namespace kpropgw::formats {
namespace {

struct KnownType {
    std::int16_t type;
    std::string_view name;
};

constexpr KnownType known_types[] = {
    {1, "LAST_PWD_CHANGE"},
    {tl_mod_princ, "MOD_PRINC"},
    {tl_kadm_data, "KADM_DATA"},
    {4, "KADM5_E_DATA"},
    {5, "RB1_CHALLENGE"},
    {6, "SECURID_STATE"},
    {7, "USER_CERTIFICATE"},
    {tl_mkvno, "MKVNO"},
    {9, "ACTKVNO"},
    {10, "MKEY_AUX"},
    {11, "STRING_ATTRS"},
    {12, "ALIAS_TARGET"},
    {0x100, "PAC_LOGON_INFO"},
    {0x200, "SERVER_REFERRAL"},
    {0x300, "SVR_REFERRAL_DATA"},
    {0x400, "CONSTRAINED_DELEGATION_ACL"},
    {0x500, "LM_KEY"},
    {0x600, "X509_SUBJECT_ISSUER_NAME"},
    {0x700, "LAST_ADMIN_UNLOCK"},
    {tl_db_args, "DB_ARGS"},
};

}  // namespace

std::string_view tl_type_name(std::int16_t type) {
    for (const auto& known : known_types) {
        if (known.type == type) return known.name;
    }
    return "";
}

bool travels(std::int16_t type, DumpVersion version) {
    return type != tl_kadm_data || layout_of(version).kadm_data;
}

}  // namespace kpropgw::formats
