#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <memory>
#include <random>

#include "gateway/control/orders.hpp"
#include "gateway/control/page_server.hpp"
#include "gateway/control/server.hpp"
#include "gateway/daemon/acl_file.hpp"
#include "gateway/daemon/prop_run.hpp"
#include "gateway/daemon/reload.hpp"
#include "gateway/daemon/service_notice.hpp"
#include "gateway/inbound/receiver.hpp"
#include "gateway/inbound/source.hpp"
#include "gateway/net/listener.hpp"
#include "gateway/outbound/fan_out.hpp"
#include "gateway/outbound/iprop_door.hpp"
#include "gateway/outbound/prober.hpp"

namespace kpropgw::daemon {

/// The running gateway: one loop for all conversations, a pool for what blocks, and the wiring between the wings.
class Gateway : public control::Orders {
public:
    Gateway(config::Config config, krb::Identity identity, AclFile acl, std::unique_ptr<store::Store> store);
    ~Gateway() override;

    /// Until SIGTERM or SIGINT and the end of what is under way then, at most stop_timeout; a second signal ends that
    /// wait. SIGHUP is a reload. The error is why it could not start.
    Result<void> run();

    Result<control::Status> status() override;
    void answered(unsigned status) override { metrics_.control_request(status); }
    Result<control::PropReport> prop(control::PropOrder order) override;
    Result<control::PropReport> prop_report(std::uint64_t order) override;
    boost::asio::awaitable<Result<control::RefreshAnswer>> refresh() override;
    boost::asio::awaitable<Result<control::JournalPage>> journal(control::JournalQuery query) override;
    boost::asio::awaitable<Result<control::WaitAnswer>> wait(control::WaitOrder order) override;
    boost::asio::awaitable<Result<void>> skip(control::SkipOrder order) override;
    boost::asio::awaitable<Result<control::FreezeAnswer>> freeze(control::FreezeOrder order) override;
    boost::asio::awaitable<Result<void>> thaw(control::ThawOrder order) override;
    boost::asio::awaitable<Result<std::vector<control::ProbeAnswer>>> probe(control::ProbeOrder order) override;
    boost::asio::awaitable<control::ReloadAnswer> reload() override;

private:
    boost::asio::awaitable<void> keep_time();
    boost::asio::awaitable<void> obey_signals();
    boost::asio::awaitable<void> finish_and_stop();
    void stop_at_once();
    /// Dumps that are being sent or received.
    std::size_t under_way() const;
    boost::asio::awaitable<void> inform_service_manager();
    std::string service_line() const;
    control::ReloadAnswer put_in_force(ReloadCandidate candidate);
    void configuration_changed(const config::Config& before);
    void registry_changed();
    void refused(const std::string& peer, const std::string& why);
    void look_at_acl();
    boost::asio::awaitable<void> trim_journal();
    /// not_found where there is none of that name, in any case.
    Result<std::shared_ptr<outbound::Secondary>> find(const std::string& host) const;
    void serve_page();
    Result<control::WaitAnswer> levels(const std::vector<std::string>& hosts, Serial serial) const;
    control::SourceStatus source_status(const store::Summary& registry) const;
    Result<std::vector<std::string>> hosts_of(const control::PropOrder& order) const;
    control::SecondaryStatus status_of(const outbound::Secondary& secondary) const;
    control::Reach reach_of(Serial serial) const;

    // Conversations go with the loop, and count themselves out then.
    metrics::Metrics metrics_;
    std::size_t receiving_ = 0;  ///< pushes

    // Before the rest, so that it goes after: everything below lives on it.
    boost::asio::io_context loop_;
    boost::asio::thread_pool workers_;
    config::Config config_;  ///< changed by take_live() alone, on the loop
    krb::Identity identity_;
    AclFile acl_;
    std::unique_ptr<store::Store> store_;
    std::mt19937 random_;
    Time started_ = system_clock().now();
    outbound::Shared shared_;
    outbound::FanOut fan_out_;
    outbound::Prober prober_;
    inbound::Door door_;
    std::unique_ptr<inbound::Source> source_;  ///< nullptr: the kprop door alone
    net::Listener pushes_;
    outbound::IpropDoor iprop_door_;
    net::Listener followers_;
    control::Server control_;
    std::optional<control::PageServer> page_;  ///< absent: http_listen = off
    boost::asio::signal_set signals_;
    net::Signal refresh_;
    ServiceNotice notice_;
    bool reloading_ = false;
    net::Signal reloaded_;
    bool stopping_ = false;
    std::chrono::steady_clock::time_point stop_at_{};  ///< of a gateway that is stopping
    std::optional<std::string> last_refusal_;
    std::optional<std::string> held_dump_;
    std::deque<PropRun> runs_;  ///< the last ones
    std::uint64_t next_run_;    ///< of no other run of the program
};

}  // namespace kpropgw::daemon
