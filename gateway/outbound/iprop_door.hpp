#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "acl/acl.hpp"
#include "gateway/net/frames.hpp"
#include "gateway/outbound/secondary.hpp"

namespace kpropgw::outbound {

/// What the iprop service needs of the gateway. Called on the loop.
struct IpropDoor {
    Shared& shared;
    std::function<const acl::Acl&()> acl;  ///< the one in force
    /// The session of a host; null when it has none.
    std::function<std::shared_ptr<Secondary>(const std::string& host)> secondary;
    std::function<void(const std::string& peer, const std::string& why)> refused;
};

/// One connection of a kpropd that follows the registry, or of another gateway (MIT ipropd_svc.c): RPC program 100423
/// under RPCSEC_GSS with privacy, a call at a time, until the peer ends it.
boost::asio::awaitable<void> serve_follower(net::Stream stream, const IpropDoor& door);

}  // namespace kpropgw::outbound
