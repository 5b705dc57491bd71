#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "acl/acl.hpp"
#include "base/clock.hpp"
#include "gateway/core/prop_orders.hpp"
#include "gateway/core/secondary_state.hpp"
#include "gateway/metrics/metrics.hpp"
#include "gateway/outbound/following.hpp"
#include "gateway/outbound/row_keeper.hpp"
#include "gateway/outbound/sender.hpp"
#include "gateway/outbound/update_batch.hpp"

namespace kpropgw::outbound {

/// What every secondary's session shares. On the loop; outlives the secondaries.
struct Shared {
    SenderSetup setup;
    store::Store& store;
    const Clock& clock;
    RenderedDumps dumps;
    UpdateBatches batches;
    RowKeeper rows;
    store::Summary registry;         ///< the newest; serial 0: nothing was taken in yet
    std::function<double()> chance;  ///< 0 to 1, for the back-off's jitter
    std::uint16_t default_port = 0;
    metrics::Metrics& metrics;
};

/// One secondary: what it is to have, what it has, and the coroutine that brings the one to the other.
///
///     idle --due, behind--> sending --confirmed--> idle
///       ^                      |
///       |                  failed: back-off (Manual: until the next order)
///       +----------------------+
/// Frozen, it stays idle whatever happens.
///
/// To an Update secondary a dump is sent only when its kpropd was granted one; what it asks for else is answered by
/// Following.
class Secondary {
public:
    Secondary(const boost::asio::any_io_executor& loop, acl::Entry entry, store::SecondaryRow row, Shared& shared);

    /// Runs until stop(); to be spawned once.
    boost::asio::awaitable<void> run();
    void stop();
    /// Begins nothing more; what is being sent goes on.
    void finish();

    /// The interval came round.
    void due();
    /// Another line of the file for the same host.
    void update(acl::Entry entry);
    /// PROP: at once, whatever the role and the back-off; to an Update secondary the full registry. With `full` a dump
    /// is sent even when it has the newest serial.
    core::PropGoal order(bool full);
    core::PropStep step(const core::PropGoal& goal) const { return orders_.step(goal, row_.level); }
    /// Of the last order that came to nothing.
    const std::string& why_not() const { return orders_.why(); }
    /// kpropgw.conf has other values; `own`: its [secondary] too.
    void configuration_changed(bool own);
    /// Sends it nothing until thaw(), over restarts too: neither dumps nor updates. A dump that is being sent is
    /// finished. `reason` is for status.
    void freeze(std::string reason);
    void thaw();
    bool frozen() const { return row_.frozen.has_value(); }
    /// A change was taken in, one of a policy among them or not.
    void registry_changed(bool policies_too);

    /// Of an Update secondary whose kpropd waits for an answer: finds out which dump it loads, where that is not known
    /// yet. To be awaited before it is told to ask for one.
    boost::asio::awaitable<void> look_at_its_kpropd();
    /// Its kpropd is one of MIT 1.8 to 1.10, as far as that is known.
    bool is_before_1_11() const;

    /// Of an Update secondary: its kpropd asked for the full registry, which it now gets.
    void grant_full();
    /// It was granted one that it has not confirmed yet.
    bool full_is_under_way() const { return full_granted_; }
    Following& following() { return following_; }

    /// All up to that serial has left for it, in updates or in a dump to its last byte.
    void note_sent(Serial serial) { sent_ = std::max(sent_, serial); }
    /// It has less than it had.
    void went_back_to(Serial serial) { sent_ = serial; }
    /// As noted since the gateway started, and never less than it has confirmed.
    Serial sent() const { return std::max(sent_, row_.level); }

    const acl::Entry& entry() const { return entry_; }
    const store::SecondaryRow& row() const { return row_; }
    std::uint16_t port() const { return entry_.port.value_or(shared_.default_port); }
    std::uint16_t kdc_port() const;
    core::Standing standing() const;
    bool stopped() const { return stopped_; }
    bool sending() const { return sending_; }
    /// Absent while no dump is on its way to it.
    const std::optional<Transfer>& transfer() const { return transfer_; }
    /// While it backs off and is not frozen.
    std::optional<Time> next_try() const;
    /// The last try failed, and it is sent to again without an order.
    bool tries_again() const { return !stopped_ && !frozen() && (retry_at_ || sending_); }
    std::optional<formats::DumpVersion> pinned() const;

private:
    /// What the next try is for, after one that an order asked for has failed.
    enum class Owed { nothing, level, dump };

    bool wants_to_send() const;
    void forget_failure();
    boost::asio::awaitable<void> propagate();
    /// The bytes of the dump that was confirmed.
    boost::asio::awaitable<Result<std::uint64_t>> send_in_some_version();
    boost::asio::awaitable<Sent> send(const Target& to, const RenderedDump& dump);
    std::string why_nothing_is_sent() const;
    boost::asio::awaitable<void> expect_confirmation_of(Serial serial);
    std::vector<formats::DumpVersion> versions() const;
    bool update_compat() const;
    void remember();
    Target target() const;
    bool takes_updates() const { return entry_.role == acl::Role::update; }

    acl::Entry entry_;
    store::SecondaryRow row_;
    Shared& shared_;
    net::Signal wake_;
    bool stopped_ = false;
    bool finishing_ = false;
    bool due_ = false;
    bool sending_ = false;
    bool full_granted_ = false;
    Serial sent_;
    core::PropOrders orders_;
    Owed owed_ = Owed::nothing;
    std::optional<Transfer> transfer_;
    std::optional<bool> listens_only_when_granted_;  ///< as of the last look at its kpropd
    Following following_;
    std::optional<std::chrono::steady_clock::time_point> retry_at_;  ///< a step of the clock does not move it
};

}  // namespace kpropgw::outbound
