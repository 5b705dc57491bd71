#pragma once
#include <cstdint>
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

// The types whose contents are understood, besides those of record.hpp (MIT kdb.h).
inline constexpr std::int16_t tl_last_pwd_change = 1;
inline constexpr std::int16_t tl_active_master_keys = 9;
inline constexpr std::int16_t tl_master_key_copies = 10;
inline constexpr std::int16_t tl_string_attributes = 11;
inline constexpr std::int16_t tl_alias_target = 12;
inline constexpr std::int16_t tl_last_admin_unlock = 0x700;

/// Handed to the receiver's back end as an argument and never stored (MIT kdb5.c); DB2 refuses any, so a dump that
/// holds one loads nowhere.
inline constexpr std::int16_t tl_db_args = 0x7fff;

/// MIT's name of a type of tl-data without KRB5_TL_, or "" for one that kdb.h does not know.
std::string_view tl_type_name(std::int16_t type);

/// Whether a principal's tl-data of that type is written in that version (MIT dump.c:k5beta7_common).
bool travels(std::int16_t type, DumpVersion version);

}  // namespace kpropgw::formats
