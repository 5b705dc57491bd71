#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::net {

enum class DnsOutcome {
    found,
    absent,     ///< whoever knows says that there is none
    no_answer,  ///< nobody answered, or not to the question; another time it may go well
};

struct DnsAddress {
    std::string text;  ///< "192.0.2.1"
    bool is_loopback = false;
    DnsOutcome outcome = DnsOutcome::no_answer;  ///< of the look-up of its names
    std::vector<std::string> names;              ///< lower case, each once
};

/// A host's addresses, and the names that each of them leads back to.
struct DnsHost {
    std::string name;  ///< as asked
    DnsOutcome outcome = DnsOutcome::no_answer;
    std::string why;        ///< "the name is not known"; "" when found
    std::string canonical;  ///< the name behind its aliases, lower case; the name itself when it is none
    std::vector<DnsAddress> addresses;
};

struct DnsOptions {
    /// ADDRESS or ADDRESS:PORT, "[ADDRESS]:PORT" for IPv6, asked alone; none: /etc/hosts, then those of resolv.conf.
    std::vector<std::string> servers;
    std::chrono::milliseconds deadline{10000};  ///< for everything together
};

/// Asks for all hosts at once and answers in their order, at the deadline with what is known then. Blocks until then.
/// invalid_input for a server that is no address.
Result<std::vector<DnsHost>> look_up_hosts(const std::vector<std::string>& names, const DnsOptions& options);

}  // namespace kpropgw::net
