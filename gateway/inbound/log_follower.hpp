#pragma once
#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/core/follow.hpp"
#include "gateway/inbound/kdb5_util.hpp"
#include "gateway/inbound/log_file.hpp"
#include "gateway/inbound/source.hpp"
#include "gateway/net/signal.hpp"
#include "gateway/store/intake.hpp"

namespace kpropgw::inbound {

/// Follows the update log of a primary on this machine (`source = ulog:FILE`):
///
///     dump the whole database ──▶ watch the log ──▶ lay its updates over ──▶ dump what they may have left out
///              ▲                       │ it does not continue what is here
///              └───────────────────────┘
///
/// MIT writes the database first and the log after it, so what is dumped is at least as new as what was read. Whatever
/// was changed and not said whole by the log is dumped behind it, in a tenth of the time at most.
class LogFollower : public Source {
public:
    /// `door` must outlive it.
    LogFollower(const boost::asio::any_io_executor& loop, const Door& door);

    boost::asio::awaitable<void> run() override;
    void stop() override;
    std::uint64_t ask_now() override;

private:
    using Instant = std::chrono::steady_clock::time_point;
    using Names = std::set<std::string, std::less<>>;

    /// A dump of what the log may not have said whole.
    struct Fetched {
        Names names;
        File dump;
    };

    boost::asio::awaitable<Result<void>> follow();
    boost::asio::awaitable<Result<void>> catch_up(const LogFile& log);
    boost::asio::awaitable<Result<void>> take_all(std::string_view why);
    boost::asio::awaitable<Result<bool>> take_updates(const LogUpdates& updates);
    boost::asio::awaitable<Result<void>> take_fetched();
    boost::asio::awaitable<void> fetch();
    boost::asio::awaitable<void> sleep_until(Instant instant);
    void begin_fetch();
    void end_question();
    Result<store::Taken> take_lines(const Fetched& fetched) const;
    store::Origin origin(std::string name) const;
    store::SourcePosition position(const formats::LogPosition& at) const;

    const Door& door_;
    boost::asio::any_io_executor loop_;
    net::Signal wake_;
    std::string source_;  ///< as SourcePosition has it
    std::atomic<bool> stopped_ = false;
    Kdb5Util kdb5_util_;
    std::optional<formats::LogPosition> here_;  ///< absent until the whole database was taken since the start
    bool progress_ = false;                     ///< since the last failure
    core::Pace full_pace_;
    core::Pace fetch_pace_;
    Names unsure_;   ///< of these the log may not have said all
    Names touched_;  ///< changed since the last fetch began
    std::optional<Fetched> fetched_;
    bool fetching_ = false;
    std::uint64_t era_ = 0;  ///< goes up with every dump of the whole: what was fetched before is then of no use
};

}  // namespace kpropgw::inbound
