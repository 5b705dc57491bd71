#pragma once
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/xdr.hpp"
#include "formats/dump/header.hpp"
#include "formats/update/iprop_name.hpp"

namespace kpropgw::formats {

/// What an update of iprop sets (MIT iprop.x:kdbe_attr_type_t). Those that no MIT writes or reads are left out.
enum class IpropSets : std::int32_t {
    attributes = 0,
    max_life = 1,
    max_renewable_life = 2,
    expiration = 3,
    pw_expiration = 4,
    last_success = 5,
    last_failed = 6,
    fail_auth_count = 7,
    name = 8,
    keys = 9,
    tl_data = 10,
    base_length = 11,
    mod_princ = 12,
    mod_time = 13,
    last_pwd_change = 15,
};

/// Key and salt in bytes, not in hexadecimal; views into what was read.
struct IpropKey {
    std::int32_t elements = 1;  ///< 1 or 2
    std::uint16_t kvno = 0;
    std::int16_t type[2] = {0, 0};  ///< enctype, salt type
    std::string_view contents[2];
    bool operator==(const IpropKey&) const = default;
};

struct IpropTlData {
    std::int16_t type = 0;
    std::string_view contents;
    bool operator==(const IpropTlData&) const = default;
};

struct IpropItem {
    IpropSets sets = IpropSets::attributes;
    /// Of name and mod_princ, keys, tl_data; a number of all others.
    std::variant<std::uint32_t, IpropName, std::vector<IpropKey>, std::vector<IpropTlData>> value;
    bool operator==(const IpropItem&) const = default;
};

/// One change of one principal (MIT iprop.x:kdb_incr_update_t), as it travels and as the update log holds it. Views are
/// valid as long as the bytes that it was read from, which hold keys: their owner wipes them.
struct IpropUpdate {
    std::string_view name;  ///< unparsed
    LogPosition at;
    std::vector<IpropItem> items;  ///< in the order in which they are laid over a record
    bool deleted = false;
    bool committed = true;  ///< only the update log's entry says so truly
    bool operator==(const IpropUpdate&) const = default;
};

/// Reads one update and no further: the next may stand at in.at(). Strict: what MIT would cut off to 16 bits is
/// refused, and a key whose counts differ. Nothing is set aside for counts that the bytes do not hold. Errors stick to
/// `in`.
void read_iprop_update(XdrReader& in, IpropUpdate& into);

/// The same from the beginning of `bytes`; how many of them it took.
Result<std::size_t> decode_iprop_update(std::string_view bytes, IpropUpdate& into);

void write_iprop_update(XdrWriter& out, const IpropUpdate& update);

/// The position of the change `serial` that was made at `time`.
LogPosition log_position(std::uint32_t serial, Time time);

}  // namespace kpropgw::formats
