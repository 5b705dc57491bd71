#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::formats {

// The tl-data that speak of master keys (MIT lib/kdb/kdb5.c). All integers in them are little-endian.

/// MKVNO, type 8: the kvno of the master key that a principal's keys are under. A principal without it has keys under
/// the oldest master key of K/M.
Result<std::uint16_t> decode_mkvno(std::string_view hex);

/// A master key of ACTKVNO and since when it is used for new keys.
struct ActiveMasterKey {
    std::uint16_t kvno = 0;
    std::uint32_t since = 0;  ///< seconds since 1970; 0: always
    bool operator==(const ActiveMasterKey&) const = default;
};

/// ACTKVNO, type 9, of K/M alone: at least one, in the order of the bytes. Without it the oldest master key is active.
Result<std::vector<ActiveMasterKey>> decode_active_master_keys(std::string_view hex);

/// The newest master key under an older one, so that a KDC which has that older one can read it.
struct MasterKeyCopy {
    std::uint16_t under_kvno = 0;  ///< of the older master key
    std::uint16_t kvno = 0;        ///< of the newest
    std::int16_t enctype = 0;      ///< of the newest
    std::string_view key_hex;      ///< valid as long as what was decoded
    bool operator==(const MasterKeyCopy&) const = default;
};

/// MKEY_AUX, type 10, of K/M alone: at least one, in the order of the bytes. Key contents are not copied.
Result<std::vector<MasterKeyCopy>> decode_master_key_copies(std::string_view hex);

}  // namespace kpropgw::formats
