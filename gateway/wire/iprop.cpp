#include "gateway/wire/iprop.hpp"

#include <fmt/format.h>

#include "base/xdr.hpp"
#include "gateway/wire/iprop_fields.hpp"
#include "gateway/wire/secret_result.hpp"

namespace kpropgw::wire {
namespace {

/// kdb_last_t and the count of updates.
constexpr std::size_t head_bytes = 16;
constexpr std::size_t status_bytes = 4;

}  // namespace

std::string to_text(IpropStatus status) {
    switch (status) {
        case IpropStatus::ok:
            return "ok";
        case IpropStatus::error:
            return "error";
        case IpropStatus::full_resync_needed:
            return "full resync needed";
        case IpropStatus::busy:
            return "busy";
        case IpropStatus::nil:
            return "nothing newer";
        case IpropStatus::permission_denied:
            return "permission denied";
    }
    return fmt::format("status {}", static_cast<std::uint32_t>(status));
}

void write_position(XdrWriter& out, const IpropPosition& position) {
    out.u32(position.serial);
    out.u32(position.seconds);
    out.u32(position.microseconds);
}

IpropPosition read_position(XdrReader& in) {
    IpropPosition position;
    position.serial = in.u32("serial");
    position.seconds = in.u32("seconds");
    position.microseconds = in.u32("microseconds");
    return position;
}

IpropStatus read_status(XdrReader& in) {
    const std::uint32_t status = in.u32("status");
    if (status > static_cast<std::uint32_t>(IpropStatus::permission_denied)) in.fail("no status of iprop");
    return static_cast<IpropStatus>(status);
}

std::string iprop_position(const IpropPosition& position) {
    std::string bytes;
    XdrWriter out(bytes);
    write_position(out, position);
    return bytes;
}

Result<IpropPosition> parse_iprop_position(std::string_view arguments) {
    XdrReader in(arguments, "iprop position");
    const IpropPosition position = read_position(in);
    if (auto ok = in.finish(); !ok) return ok.error();
    return position;
}

std::string ipropx_version(std::uint32_t highest) {
    std::string bytes;
    XdrWriter(bytes).u32(highest);
    return bytes;
}

Result<std::uint32_t> parse_ipropx_version(std::string_view arguments) {
    XdrReader in(arguments, "iprop full resync");
    const std::uint32_t highest = in.u32("ipropx version");
    if (auto ok = in.finish(); !ok) return ok.error();
    return highest;
}

UpdatesResult::UpdatesResult(std::size_t room) {
    bytes_.text.reserve(head_bytes + room + status_bytes);
    bytes_.text.assign(head_bytes, '\0');
}

void UpdatesResult::add(std::string_view update) {
    make_room(bytes_, update.size() + status_bytes);
    bytes_.text += update;
    ++count_;
}

SecretText UpdatesResult::finish(IpropStatus status, const IpropPosition& last) && {
    std::string head = iprop_position(last);
    XdrWriter(head).u32(count_);
    bytes_.text.replace(0, head_bytes, head);
    XdrWriter(bytes_.text).u32(static_cast<std::uint32_t>(status));
    return std::move(bytes_);
}

Result<ReceivedUpdates> parse_updates_result(std::string_view results) {
    if (results.size() < head_bytes + status_bytes) {
        return Error(Errc::corrupt, fmt::format("iprop updates: {} bytes, at least {} are needed", results.size(),
                                                head_bytes + status_bytes));
    }
    ReceivedUpdates received;
    XdrReader head(results.substr(0, head_bytes), "iprop updates");
    received.last = read_position(head);
    received.count = head.u32("count");
    received.updates = results.substr(head_bytes, results.size() - head_bytes - status_bytes);
    XdrReader tail(results.substr(results.size() - status_bytes), "iprop updates, end");
    received.status = read_status(tail);
    // An update has at least its name's length, a serial, a time, five counts and flags.
    constexpr std::size_t smallest_update = 36;
    if (received.count > received.updates.size() / smallest_update ||
        (received.count == 0 && !received.updates.empty())) {
        tail.fail(fmt::format("{} bytes of updates cannot be {} updates", received.updates.size(), received.count));
    }
    if (auto ok = tail.finish(); !ok) return ok.error();
    return received;
}

std::string resync_result(const ResyncResult& result) {
    std::string bytes = iprop_position(result.last);
    XdrWriter(bytes).u32(static_cast<std::uint32_t>(result.status));
    return bytes;
}

Result<ResyncResult> parse_resync_result(std::string_view results) {
    XdrReader in(results, "iprop full resync");
    ResyncResult result;
    result.last = read_position(in);
    result.status = read_status(in);
    if (auto ok = in.finish(); !ok) return ok.error();
    return result;
}

}  // namespace kpropgw::wire
