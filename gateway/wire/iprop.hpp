#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

/// The arguments and results of MIT's iprop (lib/kdb/iprop.x), as they stand inside RPCSEC_GSS. No I/O. Updates
/// themselves are opaque here: formats/update/iprop_update has them.
namespace kpropgw::wire {

inline constexpr std::uint32_t iprop_program = 100423;
inline constexpr std::uint32_t iprop_version = 1;

enum class IpropProcedure : std::uint32_t {
    null = 0,
    get_updates = 1,
    full_resync = 2,
    full_resync_ext = 3,       ///< MIT 1.8 and later: its argument is the highest ipropx version that is taken
    get_changes = 0x6b706777,  ///< "kpgw": ours, between two gateways; MIT's answer is that there is no such procedure
};

/// update_status_t
enum class IpropStatus : std::uint32_t {
    ok = 0,
    error = 1,  ///< an MIT kpropd exits
    full_resync_needed = 2,
    busy = 3,
    nil = 4,                ///< nothing is newer
    permission_denied = 5,  ///< an MIT kpropd exits
};

/// For people: "full resync needed".
std::string to_text(IpropStatus status);

/// kdb_last_t: the newest update that someone has, and its time.
struct IpropPosition {
    std::uint32_t serial = 0;
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;

    bool operator==(const IpropPosition&) const = default;
};

/// The argument of get_updates.
std::string iprop_position(const IpropPosition& position);
Result<IpropPosition> parse_iprop_position(std::string_view arguments);

/// The argument of full_resync_ext; its other procedures' are none.
std::string ipropx_version(std::uint32_t highest);
Result<std::uint32_t> parse_ipropx_version(std::string_view arguments);

/// kdb_incr_result_t, put together update by update. The bytes that it outgrows are wiped; give the room that it will
/// need where that is known.
class UpdatesResult {
public:
    explicit UpdatesResult(std::size_t room = 4096);

    /// `update`: a kdb_incr_update_t in XDR.
    void add(std::string_view update);

    std::uint32_t count() const { return count_; }
    std::size_t size() const { return bytes_.text.size(); }

    /// `last` is that of the newest update added. Nothing may be added after it.
    SecretText finish(IpropStatus status, const IpropPosition& last) &&;

private:
    SecretText bytes_;
    std::uint32_t count_ = 0;
};

/// kdb_incr_result_t as received. `updates` are `count` of kdb_incr_update_t, one after another and not looked at; only
/// with status ok do they and `last` mean anything (MIT repeats those of an earlier answer).
struct ReceivedUpdates {
    IpropStatus status = IpropStatus::error;
    IpropPosition last;
    std::uint32_t count = 0;
    std::string_view updates;
};
Result<ReceivedUpdates> parse_updates_result(std::string_view results);

/// kdb_fullresync_result_t
struct ResyncResult {
    IpropPosition last;
    IpropStatus status = IpropStatus::error;
};
std::string resync_result(const ResyncResult& result);
Result<ResyncResult> parse_resync_result(std::string_view results);

}  // namespace kpropgw::wire
