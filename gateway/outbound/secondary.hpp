#pragma once
#include <functional>
#include <optional>
#include <string>

#include "acl/acl.hpp"
#include "base/clock.hpp"
#include "gateway/core/secondary_state.hpp"
#include "gateway/outbound/sender.hpp"

namespace kpropgw::outbound {

/// What every secondary's session shares. On the loop; outlives the secondaries.
struct Shared {
    SenderSetup setup;
    store::Store& store;
    const Clock& clock;
    RenderedDumps dumps;
    Serial newest;                   ///< of the registry; 0: nothing was taken in yet
    std::function<double()> chance;  ///< 0 to 1, for the back-off's jitter
    std::uint16_t default_port = 0;
};

/// One secondary: what it is to have, what it has, and the coroutine that brings the one to the other.
///
///     idle --due, behind--> sending --confirmed--> idle
///       ^                      |
///       |                  failed: back-off (Manual: until the next order)
///       +----------------------+
class Secondary {
public:
    Secondary(const boost::asio::any_io_executor& loop, acl::Entry entry, store::SecondaryRow row, Shared& shared);

    /// Runs until stop(); to be spawned once.
    boost::asio::awaitable<void> run();
    void stop();

    /// The interval came round.
    void due();
    /// Another line of the file for the same host.
    void update(acl::Entry entry);
    /// PROP: at once, whatever the role and the back-off.
    void order();
    /// Returns when no order is open and nothing is being sent.
    boost::asio::awaitable<void> settled();

    const acl::Entry& entry() const { return entry_; }
    const store::SecondaryRow& row() const { return row_; }
    std::uint16_t port() const { return entry_.port.value_or(shared_.default_port); }
    core::Standing standing() const;
    bool sending() const { return sending_; }
    /// While it backs off.
    std::optional<Time> next_try() const;
    std::optional<formats::DumpVersion> pinned() const;

private:
    bool wants_to_send() const;
    boost::asio::awaitable<void> propagate();
    boost::asio::awaitable<Result<void>> send_in_some_version();
    boost::asio::awaitable<void> remember();
    Target target() const;

    acl::Entry entry_;
    store::SecondaryRow row_;
    Shared& shared_;
    net::Signal wake_;
    net::Signal settled_;
    bool stopped_ = false;
    bool due_ = false;
    bool ordered_ = false;
    bool sending_ = false;
    std::optional<std::chrono::steady_clock::time_point> retry_at_;  ///< a step of the clock does not move it
};

}  // namespace kpropgw::outbound
