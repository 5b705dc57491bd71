#pragma once
#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace kpropgw::net {

/// Names and addresses; a test gives its own. Calls may block and come from any thread.
class Resolver {
public:
    virtual ~Resolver() = default;
    /// The names that an address resolves back to; none when it has none or cannot be asked.
    virtual std::vector<std::string> names_of(const boost::asio::ip::address& address) const = 0;
};

/// What this machine is set up for (nsswitch.conf): /etc/hosts, DNS and the rest. Lives as long as the program.
const Resolver& system_resolver();

/// The port of service `krb5_prop`, else 754.
std::uint16_t default_kprop_port();

}  // namespace kpropgw::net
