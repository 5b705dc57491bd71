#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::formats {

/// The dump versions that kdb5_util still writes (MIT dump.c; the number in the header line, where it has one).
enum class DumpVersion : int {
    v4 = 4,      ///< -b7, Compat: no KADM_DATA (policy reference, password history)
    v5 = 5,      ///< -r13, Replace
    v6 = 6,      ///< -r18: + lockout rules of policies
    v7 = 7,      ///< r1_11, the default: + attributes, lifetimes, keysalts and tl-data of policies
    iprop = 8,   ///< -i0, a full resync for MIT 1.7: as v5, without the login fields, at a position of the update log
    ipropx = 9,  ///< -i1, a full resync since MIT 1.11: as v7, without the login fields, at a position
    ipropx_r18 = 10,  ///< the same as MIT 1.8 to 1.10 load it: policies as in v6
};

/// Views into the line that was parsed. Hex is lower case, an empty value is "" (written "-1").
struct TlData {
    std::int16_t type = 0;
    std::string_view hex;
    bool operator==(const TlData&) const = default;
};

struct KeyElement {
    std::int32_t type = 0;  ///< element 0: enctype; element 1: salt type
    std::string_view hex;   ///< element 0: the key under the master key; element 1: the salt
    bool operator==(const KeyElement&) const = default;
};

struct Key {
    std::uint16_t kvno = 0;
    int elements = 1;  ///< key_data_ver: 1 or 2
    KeyElement element[2];
    bool operator==(const Key&) const = default;
};

inline constexpr std::int16_t tl_mod_princ = 2;
inline constexpr std::int16_t tl_kadm_data = 3;
inline constexpr std::int16_t tl_mkvno = 8;

/// A principal: everything a version 7 line can say (MIT dump.c:k5beta7_common). Views are valid as long as the
/// bytes that it was parsed from. Reuse one object for many lines: nothing is allocated then.
struct Principal {
    std::string_view name;  ///< as dumped: unparsed, with escapes and realm
    std::int32_t attributes = 0;
    std::int32_t max_life = 0;
    std::int32_t max_renewable_life = 0;
    std::uint32_t expiration = 0;
    std::uint32_t pw_expiration = 0;
    std::uint32_t last_success = 0;  ///< the three login fields: written by a KDC at every login,
    std::uint32_t last_failed = 0;   ///< no cause for a propagation
    std::int32_t fail_auth_count = 0;
    std::vector<TlData> tl;
    std::vector<Key> keys;
    std::string_view e_data_hex;

    const TlData* find_tl(std::int16_t type) const;
    std::string_view realm() const;  ///< the name's part after its last unescaped '@', or ""
};

/// A policy: everything a version 7 line can say. Fields that an older version lacks hold MIT's defaults.
struct Policy {
    std::string_view name;
    std::uint32_t min_life = 0, max_life = 0, min_length = 0, min_classes = 0, history = 0;
    std::uint32_t refcnt = 0;  ///< 0 since MIT 1.12; no cause for a propagation
    std::uint32_t max_fail = 0, fail_interval = 0, lockout_duration = 0;               ///< since version 6
    std::uint32_t attributes = 0, max_ticket_life = 0, max_renewable_ticket_life = 0;  ///< since version 7
    std::string_view allowed_keysalts;                                                 ///< "" is written "-"
    std::vector<TlData> tl;
};

/// Parses one line without its newline. White space of any kind and length separates fields, hex is accepted in
/// either case (and lower-cased in `line`, which is why it is not const), every field is range-checked.
/// Errors say which field, never a key. `as_written` is set when append_principal() would give the same line again.
Result<void> parse_principal(std::span<char> line, Principal& into, bool* as_written = nullptr);
Result<void> parse_policy(std::span<char> line, DumpVersion version, Policy& into);

/// Appends the line as kdb5_util writes it in that version, newline included.
void append_principal(std::string& out, const Principal& principal, DumpVersion version);
void append_policy(std::string& out, const Policy& policy, DumpVersion version);

/// The same from `line`, out of which `principal` was parsed, where it stood as_written: without printing again what
/// is in it already.
void append_principal(std::string& out, const Principal& principal, std::string_view line, DumpVersion version);

/// How two records of one name differ.
enum class Difference {
    none,
    unimportant,  ///< in login fields or refcnt alone: kept, but no change of the registry
    real,
};
Difference compare(const Principal& old, const Principal& now);
Difference compare(const Policy& old, const Policy& now);

/// Fills in what `version`, in which `arriving` came, cannot carry (see Layout) from what the registry holds. Views
/// into `held` are taken over.
void keep_what_cannot_travel(Principal& arriving, const Principal& held, DumpVersion version);
void keep_what_cannot_travel(Policy& arriving, const Policy& held, DumpVersion version);

}  // namespace kpropgw::formats
