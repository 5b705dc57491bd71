#include "gateway/outbound/change_batch.hpp"

#include "gateway/outbound/wire_position.hpp"
#include "gateway/wire/iprop_changes.hpp"

namespace kpropgw::outbound {
namespace {

using store::Kind;
using store::Operation;
using wire::ChangeOperation;

ChangeOperation operation_of(const store::Change& change) {
    if (change.operation == Operation::put) {
        return change.kind == Kind::principal ? ChangeOperation::put_principal : ChangeOperation::put_policy;
    }
    return change.kind == Kind::principal ? ChangeOperation::delete_principal : ChangeOperation::delete_policy;
}

}  // namespace

Result<ChangeBatch> read_changes(store::Store& store, Serial after, std::uint64_t most_bytes) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    auto changes = (*snapshot)->changes_after(after);
    if (!changes) return changes.error();
    wire::ChangesResult result;
    wire::IpropPosition last;
    ChangeBatch batch;
    bool may_end = true;
    while (!may_end || result.size() < most_bytes) {
        const auto more = (*changes)->next();
        if (!more) return more.error();
        if (!*more) break;
        const store::Change& change = (*changes)->change();
        const std::string_view line = change.operation == Operation::put ? change.record : change.name;
        result.add({change.serial.value, change.time, operation_of(change), line});
        batch.last = change.serial;
        last = wire_position(change.serial, change.time);
        may_end = !change.note.put_follows;
    }
    batch.count = result.count();
    batch.result = std::move(result).finish(wire::IpropStatus::ok, last);
    return batch;
}

}  // namespace kpropgw::outbound
