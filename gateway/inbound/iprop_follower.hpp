#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "gateway/core/resync_budget.hpp"
#include "gateway/inbound/source.hpp"
#include "gateway/net/rpc_client.hpp"
#include "gateway/net/signal.hpp"
#include "gateway/store/intake.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw::inbound {

/// Follows a primary as one of its replicas (`source = iprop:HOST`):
///
///     connect ──▶ ask for what is behind the store's position ──▶ lay it over, commit ──▶ wait for iprop_poll
///                      │ "full resync needed", a gap, an update that cannot be laid over
///                      ▼
///                 ask for a full resync, which comes to the kprop door and moves the store's position
///
/// Another gateway is asked by a procedure of our own, which answers when something changed and knows policies.
class IpropFollower : public Source {
public:
    IpropFollower(const boost::asio::any_io_executor& loop, const Door& door);

    boost::asio::awaitable<void> run() override;
    void stop() override;
    std::uint64_t ask_now() override;

private:
    using Instant = std::chrono::steady_clock::time_point;

    boost::asio::awaitable<Result<void>> follow();
    boost::asio::awaitable<Result<void>> ask(const wire::IpropPosition& here);
    boost::asio::awaitable<Result<void>> ask_gateway(const wire::IpropPosition& here);
    boost::asio::awaitable<Result<void>> ask_primary(const wire::IpropPosition& here);
    boost::asio::awaitable<Result<void>> obey(wire::IpropStatus status);
    boost::asio::awaitable<Result<void>> ask_for_all(const std::string& why);
    boost::asio::awaitable<Result<void>> take(std::span<const store::ArrivingChange> changes,
                                              const wire::IpropPosition& at);
    void in_step();
    void note_answer();
    boost::asio::awaitable<void> sleep(std::chrono::milliseconds time);
    Result<wire::IpropPosition> here() const;

    const Door& door_;
    boost::asio::any_io_executor loop_;
    net::Signal wake_;
    std::string source_;  ///< as SourcePosition has it
    std::unique_ptr<net::RpcClient> client_;
    bool stopped_ = false;
    bool progress_ = false;         ///< since the last failure
    bool is_gateway_ = true;        ///< until it says that it does not know our procedure
    bool is_held_ = false;          ///< a gateway holds its answer back
    bool is_cut_short_ = false;     ///< and need not any longer
    Found found_ = Found::all;      ///< by the question that is open
    bool more_may_follow_ = false;  ///< a gateway's last answer had changes
    unsigned resyncs_ = 0;          ///< asked for since the last answer that was none
    Instant asked_until_ = {};      ///< a resync asked for may take so long
    core::ResyncBudget budget_;
};

}  // namespace kpropgw::inbound
