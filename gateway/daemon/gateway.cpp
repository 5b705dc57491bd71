#include "gateway/daemon/gateway.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <csignal>

#include "base/nearest.hpp"
#include "gateway/events/report.hpp"

namespace kpropgw::daemon {

namespace asio = boost::asio;

namespace {

/// Tickets, keytabs and encryption: enough that a slow KDC does not hold up the rest.
constexpr std::size_t worker_threads = 8;

/// Orders of another run of the program have other numbers, or somebody would be told of a stranger's. JSON's numbers
/// are exact up to 2^53, which is milliseconds for long.
std::uint64_t first_run() {
    return static_cast<std::uint64_t>(system_clock().now().time_since_epoch() / std::chrono::milliseconds(1));
}

/// When which peer was turned away, and why.
std::string told_of(const std::string& peer, const std::string& why) {
    return fmt::format("{} {}: {}", to_text(system_clock().now()), peer, why);
}

}  // namespace

Gateway::Gateway(config::Config config, krb::Identity identity, AclFile acl, std::unique_ptr<store::Store> store)
    : workers_(worker_threads),
      config_(std::move(config)),
      identity_(std::move(identity)),
      acl_(std::move(acl)),
      store_(std::move(store)),
      random_(std::random_device{}()),
      shared_{{config_, identity_, workers_},
              *store_,
              system_clock(),
              outbound::RenderedDumps(loop_.get_executor(), *store_, workers_),
              outbound::UpdateBatches(loop_.get_executor(), *store_, workers_, identity_.realm, config_.update_batch),
              outbound::RowKeeper(loop_.get_executor(), *store_, workers_),
              {},
              [this] { return std::uniform_real_distribution<>(0, 1)(random_); },
              net::default_kprop_port(),
              metrics_},
      fan_out_(loop_.get_executor(), shared_),
      prober_(loop_.get_executor(), shared_, fan_out_),
      door_{config_,
            identity_,
            *store_,
            net::system_resolver(),
            system_clock(),
            workers_,
            [this]() -> const acl::Acl& { return acl_.current(); },
            [this](const store::Taken& taken, const std::string&) {
                metrics_.changes_taken(taken.added, taken.changed, taken.removed);
                held_dump_.reset();
                registry_changed();
            },
            [this](const std::string& peer, const std::string& why) { refused(peer, why); },
            [this](const std::string& peer, const std::string& why) { held_dump_ = told_of(peer, why); },
            metrics_,
            receiving_},
      source_(inbound::make_source(loop_.get_executor(), door_)),
      pushes_(loop_.get_executor(),
              {config_.listen.address, config_.listen.port, config_.max_connections, "max_connections"},
              [this](net::Stream stream) { return inbound::receive_push(std::move(stream), door_); }),
      iprop_door_{shared_, [this]() -> const acl::Acl& { return acl_.current(); },
                  [this](const std::string& host) { return fan_out_.find(host); },
                  [this](const std::string& peer, const std::string& why) { refused(peer, why); }},
      followers_(loop_.get_executor(),
                 {config_.iprop_listen.address, config_.iprop_listen.port, config_.max_followers, "max_followers"},
                 [this](net::Stream stream) { return outbound::serve_follower(std::move(stream), iprop_door_); }),
      control_(loop_.get_executor(), config_.control_socket, *this, {}, config_.readers),
      signals_(loop_, SIGTERM, SIGINT, SIGHUP),
      refresh_(loop_.get_executor()),
      reloaded_(loop_.get_executor()),
      next_run_(first_run()) {}

Gateway::~Gateway() {
    // What the workers do refers to the coroutines, which go with the loop.
    workers_.join();
}

Result<void> Gateway::run() {
    registry_changed();
    if (auto ok = fan_out_.load(); !ok) return ok;
    if (auto ok = control_.start(); !ok) return ok;
    if (auto ok = pushes_.start(); !ok) return ok;
    if (auto ok = followers_.start(); !ok) return ok;
    serve_page();
    fan_out_.apply(acl_.current(), identity_.host);
    asio::co_spawn(loop_, keep_time(), asio::detached);
    asio::co_spawn(loop_, obey_signals(), asio::detached);
    asio::co_spawn(loop_, inform_service_manager(), asio::detached);
    if (source_) asio::co_spawn(loop_, source_->run(), asio::detached);
    asio::co_spawn(loop_, prober_.run(), asio::detached);
    events::report(events::serving, {{"realm", identity_.realm},
                                     {"host", identity_.host},
                                     {"port", pushes_.port()},
                                     {"control", config_.control_socket},
                                     {"serial", shared_.registry.serial.value},
                                     {"secondaries", fan_out_.secondaries().size()}});
    loop_.run();
    shared_.rows.write_the_rest();
    events::report(events::stopped);
    return {};
}

asio::awaitable<void> Gateway::keep_time() {
    auto last = std::chrono::steady_clock::now();
    while (!stopping_) {
        look_at_acl();
        fan_out_.tick();
        co_await trim_journal();
        // A reload may change the interval meanwhile.
        while (std::chrono::steady_clock::now() < last + config_.prop_interval)
            co_await refresh_.wait(last + config_.prop_interval);
        last = std::max(last + config_.prop_interval, std::chrono::steady_clock::now());
    }
}

void Gateway::registry_changed() {
    auto snapshot = store_->snapshot();
    if (!snapshot) {
        events::report(events::registry_not_read, {}, snapshot.error());
        return;
    }
    fan_out_.registry_changed((*snapshot)->summary());
}

void Gateway::refused(const std::string& peer, const std::string& why) {
    last_refusal_ = told_of(peer, why);
}

void Gateway::look_at_acl() {
    if (acl_.poll()) fan_out_.apply(acl_.current(), identity_.host);
}

}  // namespace kpropgw::daemon
