#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "gateway/wire/iprop.hpp"

/// Argument and result of get_changes, our own procedure between two gateways: changes as the journal has them, so that
/// policies travel too and no record is turned into an MIT update and back. XDR, as the rest of iprop:
///
///     struct changes_request { kdb_last_t last; unsigned most_bytes; unsigned hold_seconds; };
///     struct change { unsigned hyper serial; hyper time; unsigned operation; opaque line<>; };
///     struct changes_result { update_status_t status; kdb_last_t last; change changes<>; };
///
/// `time` counts microseconds since 1970.
namespace kpropgw::wire {

/// The argument of get_changes.
struct ChangesRequest {
    IpropPosition last;
    std::uint32_t most_bytes = 0;    ///< of the answer; one change comes even where it alone is more
    std::uint32_t hold_seconds = 0;  ///< how long the answer may be held back while there is no change
};
std::string changes_request(const ChangesRequest& request);
Result<ChangesRequest> parse_changes_request(std::string_view arguments);

enum class ChangeOperation : std::uint32_t {
    put_principal = 1,
    delete_principal = 2,
    put_policy = 3,
    delete_policy = 4
};

struct WireChange {
    std::uint64_t serial = 0;
    Time time;
    ChangeOperation operation = ChangeOperation::put_principal;
    std::string_view line;  ///< of a put: the canonical record; of a deletion: the name
};

/// The result of get_changes, put together change by change, as UpdatesResult.
class ChangesResult {
public:
    explicit ChangesResult(std::size_t room = 4096);

    void add(const WireChange& change);

    std::uint32_t count() const { return count_; }
    std::size_t size() const { return bytes_.text.size(); }

    SecretText finish(IpropStatus status, const IpropPosition& last) &&;

private:
    SecretText bytes_;
    std::uint32_t count_ = 0;
};

struct ReceivedChanges {
    IpropStatus status = IpropStatus::error;
    IpropPosition last;
    std::vector<WireChange> changes;
};
/// Views are into `results`.
Result<ReceivedChanges> parse_changes_result(std::string_view results);

}  // namespace kpropgw::wire
