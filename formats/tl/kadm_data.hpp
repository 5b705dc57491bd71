#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::formats {

/// A key of an old password, under the key of kadmin/history. The views are valid as long as what was decoded.
struct HistoryKey {
    std::int16_t version = 1;  ///< key_data_ver: 1, or 2 with a salt
    std::uint16_t kvno = 0;
    std::int16_t enctype = 0;
    std::int16_t salt_type = 0;
    std::string_view key_hex;
    std::string_view salt_hex;
    bool operator==(const HistoryKey&) const = default;
};

/// What kadmind keeps of a principal in tl-data 3, KADM_DATA (MIT lib/kadm5/srv/adb_xdr.c: osa_princ_ent_rec). A
/// principal without it has no policy, no history, and history kvno 2.
struct KadmData {
    std::optional<std::string> policy;     ///< not "" where there is none: MIT tells the two apart
    std::uint32_t aux_attributes = 0;      ///< aux_policy when a policy is set
    std::uint32_t next_old = 0;            ///< where in the ring the next old password goes
    std::uint32_t history_kvno = 2;        ///< of the key of kadmin/history that the old keys are under
    std::vector<std::uint32_t> old_sizes;  ///< the number of keys of each old password, in the ring's order
    std::vector<HistoryKey> old_keys;      ///< of all old passwords, one after the other
    bool operator==(const KadmData&) const = default;

    /// The keys of old password `index`, below old_sizes.size().
    std::span<const HistoryKey> old_password(std::size_t index) const;
};

/// KADM5_POLICY, the one auxiliary attribute that is used.
inline constexpr std::uint32_t aux_policy = 0x800;

/// Decodes tl-data 3 from its hexadecimal view. Strict: what this takes, append_kadm_data() writes again byte for byte.
/// Capacity of `into` is used again; nothing is set aside for a count that the bytes do not hold. Key contents are not
/// copied. Errors say which byte, never what stands there; `into` is then of no use.
Result<void> decode_kadm_data(std::string_view hex, KadmData& into);

/// Its first part, which says what there is, without the old keys themselves.
struct KadmOutline {
    bool has_policy = false;
    std::string_view policy_hex;  ///< the policy's name, in hexadecimal
    std::uint32_t old_passwords = 0;
};

/// As decode_kadm_data(), but reads no further than the count of old passwords. `into` has views into `hex`.
Result<void> decode_kadm_outline(std::string_view hex, KadmOutline& into);

/// Appends the hexadecimal view of `data` as MIT writes it. invalid_input when its old_sizes do not add up to its
/// old_keys, its policy holds a NUL, or a key or salt is longer than 65,535 bytes. The caller wipes `out`.
Result<void> append_kadm_data(std::string& out, const KadmData& data);

}  // namespace kpropgw::formats
