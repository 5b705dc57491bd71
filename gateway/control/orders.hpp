#pragma once
#include <boost/asio/awaitable.hpp>

#include "gateway/control/freeze.hpp"
#include "gateway/control/journal.hpp"
#include "gateway/control/levels.hpp"
#include "gateway/control/probe.hpp"
#include "gateway/control/prop.hpp"
#include "gateway/control/refresh.hpp"
#include "gateway/control/reload.hpp"
#include "gateway/control/status.hpp"

namespace kpropgw::control {

/// What the control API asks of the gateway. Called on the daemon's loop only.
class Orders {
public:
    virtual ~Orders() = default;
    virtual Result<Status> status() = 0;
    /// A request was answered, with that HTTP status.
    virtual void answered(unsigned /*status*/) {}
    /// Has it sent, which goes on whoever asks afterwards, and reports how far it is. A host that is no secondary gets
    /// the outcome "unknown", one that is frozen "frozen" and nothing else. not_found for a role that nobody has,
    /// invalid_input for one that is none.
    virtual Result<PropReport> prop(PropOrder order) = 0;
    /// What an order has come to by now; not_found when the gateway was restarted since or many others came after it.
    virtual Result<PropReport> prop_report(std::uint64_t order) = 0;
    /// Has the source asked at once and answers with what it had. unavailable where it cannot be asked: the primary
    /// pushes by itself, or does not answer.
    virtual boost::asio::awaitable<Result<RefreshAnswer>> refresh() = 0;

    /// A part of the journal.
    virtual boost::asio::awaitable<Result<JournalPage>> journal(JournalQuery query) = 0;
    /// Answers when every secondary asked for has reached the level, or at the order's timeout with those that have
    /// not. not_found for a host that is no secondary.
    virtual boost::asio::awaitable<Result<WaitAnswer>> wait(WaitOrder order) = 0;
    /// Takes a secondary past exactly one update, which it will never have. not_found for a host that is no
    /// secondary, conflict where that update is not one that it lacks.
    virtual boost::asio::awaitable<Result<void>> skip(SkipOrder order) = 0;
    /// Sends a secondary nothing until it is thawed, over restarts too; another reason takes the place of the first.
    /// not_found for a host that is no secondary.
    virtual boost::asio::awaitable<Result<FreezeAnswer>> freeze(FreezeOrder order) = 0;
    /// What it lacks is sent at once. not_found for a host that is no secondary, conflict for one that is not frozen.
    virtual boost::asio::awaitable<Result<void>> thaw(ThawOrder order) = 0;
    /// Asks KDCs what they serve. not_found for a host that is no secondary or a principal that is not there.
    virtual boost::asio::awaitable<Result<std::vector<ProbeAnswer>>> probe(ProbeOrder order) = 0;
    /// Reads kpropgw.conf and the files that it names again, and puts all that changed in force or, where anything is
    /// wrong, nothing.
    virtual boost::asio::awaitable<ReloadAnswer> reload() = 0;
};

}  // namespace kpropgw::control
