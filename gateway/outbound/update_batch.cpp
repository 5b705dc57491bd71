#include "gateway/outbound/update_batch.hpp"

#include <algorithm>
#include <limits>

#include "formats/update/iprop_put.hpp"
#include "gateway/net/offload.hpp"
#include "gateway/outbound/wire_position.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;

namespace {

/// MIT 1.8 cannot decode them on a machine of 64 bits (xdr.c:xdr_u_int): times after 2038 above all.
bool has_number_of_32_bits(const formats::Principal& principal) {
    const auto numbers = {
        static_cast<std::uint32_t>(principal.attributes), static_cast<std::uint32_t>(principal.max_life),
        static_cast<std::uint32_t>(principal.max_renewable_life), principal.expiration, principal.pw_expiration};
    return std::any_of(numbers.begin(), numbers.end(), [](std::uint32_t number) { return number >> 31 != 0; });
}

/// Thousands who are answered with one change come in a few groups, by what they have. Without this a batch would go
/// with the first who is done with it, and be made anew for the next.
constexpr std::size_t most_kept = 4;

/// Turns journal entries into updates, one after another into the same room.
class Encoder {
public:
    explicit Encoder(const std::string& realm) : realm_(realm) {}

    /// invalid_input for a record that only a dump can carry.
    Result<std::string_view> encode(const store::Change& change, bool skipped, bool numbers_of_31_bits) {
        wipe(update_.text);
        update_.text.clear();
        const auto at = log_position(change.serial, change.time);
        if (skipped) {
            formats::append_iprop_no_change(update_.text, realm_, at);
        } else if (change.operation == store::Operation::erase) {
            formats::append_iprop_delete(update_.text, change.name, at);
        } else {
            line_.text.assign(change.record);
            if (const auto ok = formats::parse_principal(line_.text, principal_); !ok) {
                return Error(Errc::corrupt, ok.error().text()).in("a record of the journal cannot be read");
            }
            if (numbers_of_31_bits && has_number_of_32_bits(principal_)) return Error(Errc::invalid_input, "");
            if (const auto ok = formats::append_iprop_put(update_.text, principal_, at); !ok) return ok.error();
        }
        return std::string_view(update_.text);
    }

private:
    const std::string& realm_;
    SecretText line_;
    SecretText update_;
    formats::Principal principal_;
};

}  // namespace

asio::awaitable<Result<UpdateBatches::Shared>> UpdateBatches::obtain(BatchRequest request) {
    // Who cannot take a whole batch, or is to do without an update, gets one of its own.
    const bool ordinary = request.skipped.empty() && !request.numbers_of_31_bits &&
                          request.most_updates == std::numeric_limits<std::uint64_t>::max();
    if (!ordinary) co_return co_await make(request);
    for (;;) {
        Slot& slot = slots_[request.after];
        if (auto batch = slot.batch.lock(); batch && slot.last >= request.last) co_return batch;
        if (!slot.making) break;
        co_await made_.wait();
    }
    slots_[request.after].making = true;
    auto batch = co_await make(request);
    if (batch) kept_.push_back(*batch);
    if (kept_.size() > most_kept) kept_.pop_front();
    std::erase_if(slots_, [&](const auto& slot) {
        return slot.first != request.after && !slot.second.making && slot.second.batch.expired();
    });
    slots_[request.after] = {batch ? std::weak_ptr(*batch) : std::weak_ptr<const UpdateBatch>(), request.last, false};
    made_.notify();
    co_return batch;
}

asio::awaitable<Result<UpdateBatches::Shared>> UpdateBatches::make(const BatchRequest& request) {
    auto batch = co_await net::offload(workers_, [&] { return read(request); });
    if (!batch) co_return batch.error();
    co_return std::make_shared<const UpdateBatch>(std::move(*batch));
}

Result<UpdateBatch> UpdateBatches::read(const BatchRequest& request) {
    auto snapshot = store_.snapshot();
    if (!snapshot) return snapshot.error();
    auto changes = (*snapshot)->changes_after(request.after);
    if (!changes) return changes.error();
    Encoder encoder(realm_);
    wire::UpdatesResult result;
    UpdateBatch batch;
    wire::IpropPosition last;
    bool may_end = true;
    while (!may_end || (result.count() < request.most_updates && result.size() < most_bytes_)) {
        const auto more = (*changes)->next();
        if (!more) return more.error();
        if (!*more || (*changes)->change().serial > request.last) break;
        const store::Change& change = (*changes)->change();
        const bool skipped = request.skipped.contains(change.serial);
        const auto update = change.note.full_only && !skipped
                                ? Error(Errc::invalid_input, "")
                                : encoder.encode(change, skipped, request.numbers_of_31_bits);
        if (!update && update.error().code() != Errc::invalid_input) return update.error();
        if (!update) {
            batch.only_by_dump = change.serial;
            if (!may_end) return batch;  // else the deletion would stand without its put
            break;
        }
        result.add(*update);
        batch.last = change.serial;
        last = wire_position(change.serial, change.time);
        may_end = !change.note.put_follows;
    }
    batch.count = result.count();
    batch.result = std::move(result).finish(wire::IpropStatus::ok, last);
    return batch;
}

}  // namespace kpropgw::outbound
