#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "gateway/control/status.hpp"

namespace kpropgw::control {

/// What the control API asks of the gateway. Called on the daemon's loop only.
class Orders {
public:
    virtual ~Orders() = default;
    virtual Result<Status> status() = 0;
    /// Sends to the hosts named, or to every secondary, at once and whatever their role; with `wait` answers when
    /// each has been sent or has failed. A host that is no secondary gets the outcome "unknown".
    virtual boost::asio::awaitable<std::vector<PropAnswer>> prop(std::vector<std::string> hosts, bool all,
                                                                 bool wait) = 0;
};

}  // namespace kpropgw::control
