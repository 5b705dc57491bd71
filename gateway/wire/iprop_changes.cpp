#include "gateway/wire/iprop_changes.hpp"

#include "base/xdr.hpp"
#include "gateway/wire/iprop_fields.hpp"
#include "gateway/wire/secret_result.hpp"

namespace kpropgw::wire {
namespace {

/// Status, position and the count of changes.
constexpr std::size_t head_bytes = 20;
/// Serial, time, operation and the length of a line.
constexpr std::size_t smallest_change = 24;

void write_hyper(XdrWriter& out, std::uint64_t value) {
    out.u32(static_cast<std::uint32_t>(value >> 32));
    out.u32(static_cast<std::uint32_t>(value));
}

std::uint64_t read_hyper(XdrReader& in, const char* field) {
    const std::uint64_t high = in.u32(field);
    return high << 32 | in.u32(field);
}

WireChange read_change(XdrReader& in, std::size_t limit) {
    WireChange change;
    change.serial = read_hyper(in, "serial");
    change.time = Time(std::chrono::microseconds(static_cast<std::int64_t>(read_hyper(in, "time"))));
    const std::uint32_t operation = in.u32("operation");
    if (operation < static_cast<std::uint32_t>(ChangeOperation::put_principal) ||
        operation > static_cast<std::uint32_t>(ChangeOperation::delete_policy)) {
        in.fail("no operation of a change");
    }
    change.operation = static_cast<ChangeOperation>(operation);
    change.line = in.opaque("line", limit);
    return change;
}

}  // namespace

std::string changes_request(const ChangesRequest& request) {
    std::string bytes = iprop_position(request.last);
    XdrWriter out(bytes);
    out.u32(request.most_bytes);
    out.u32(request.hold_seconds);
    return bytes;
}

Result<ChangesRequest> parse_changes_request(std::string_view arguments) {
    XdrReader in(arguments, "request for changes");
    ChangesRequest request;
    request.last = read_position(in);
    request.most_bytes = in.u32("most bytes");
    request.hold_seconds = in.u32("seconds to hold");
    if (auto ok = in.finish(); !ok) return ok.error();
    return request;
}

ChangesResult::ChangesResult(std::size_t room) {
    bytes_.text.reserve(head_bytes + room);
    bytes_.text.assign(head_bytes, '\0');
}

void ChangesResult::add(const WireChange& change) {
    constexpr std::size_t most_padding = 3;
    make_room(bytes_, smallest_change + change.line.size() + most_padding);
    XdrWriter out(bytes_.text);
    write_hyper(out, change.serial);
    write_hyper(out, static_cast<std::uint64_t>(change.time.time_since_epoch().count()));
    out.u32(static_cast<std::uint32_t>(change.operation));
    out.opaque(change.line);
    ++count_;
}

SecretText ChangesResult::finish(IpropStatus status, const IpropPosition& last) && {
    std::string head;
    XdrWriter out(head);
    out.u32(static_cast<std::uint32_t>(status));
    write_position(out, last);
    out.u32(count_);
    bytes_.text.replace(0, head_bytes, head);
    return std::move(bytes_);
}

Result<ReceivedChanges> parse_changes_result(std::string_view results) {
    XdrReader in(results, "changes");
    ReceivedChanges received;
    received.status = read_status(in);
    received.last = read_position(in);
    const std::size_t count = in.count("count", smallest_change);
    received.changes.reserve(count);
    for (std::size_t i = 0; i < count && !in.failed(); ++i)
        received.changes.push_back(read_change(in, results.size()));
    if (auto ok = in.finish(); !ok) return ok.error();
    return received;
}

}  // namespace kpropgw::wire
