#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <string>

#include "acl/acl.hpp"
#include "base/clock.hpp"
#include "gateway/config/config.hpp"
#include "gateway/krb/identity.hpp"
#include "gateway/metrics/metrics.hpp"
#include "gateway/net/frames.hpp"
#include "gateway/net/resolver.hpp"
#include "gateway/store/intake.hpp"

namespace kpropgw::inbound {

/// What the kprop door needs of the gateway. Called on the loop, but for `store` and `resolver`.
struct Door {
    const config::Config& config;
    const krb::Identity& identity;
    store::Store& store;
    const net::Resolver& resolver;
    const Clock& clock;
    boost::asio::thread_pool& workers;
    std::function<const acl::Acl&()> acl;  ///< the one in force
    std::function<void(const store::Taken&, const std::string& from)> taken;
    std::function<void(const std::string& peer, const std::string& why)> refused;
    /// A dump that may be pushed was not let in for what it holds; `refused` is called too.
    std::function<void(const std::string& peer, const std::string& why)> held;
    metrics::Metrics& metrics;
    std::size_t& receiving;  ///< pushes that were let in and have not ended yet; outlives them
};

/// One conversation with a pusher, kpropd's side (MIT kpropd.c:doit, recv_database):
///
///     versions -> AP-REQ -> who may -> size -> blocks -> take in -> confirmation
///
/// A refusal anywhere after the versions is sent as KRB-ERROR with its reason, and given to `refused`.
boost::asio::awaitable<void> receive_push(net::Stream stream, const Door& door);

}  // namespace kpropgw::inbound
