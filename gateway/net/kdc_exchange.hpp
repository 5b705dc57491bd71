#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "gateway/krb/kdc_question.hpp"

namespace kpropgw::net {

struct KdcAddress {
    std::string host;
    std::uint16_t port = krb::kdc_port;
};

/// How long a KDC may take. A datagram is sent again twice within `udp`.
struct KdcPatience {
    std::chrono::milliseconds udp{1500};
    std::chrono::milliseconds tcp{5000};  ///< to connect and to answer
};

/// Messages to one KDC and back (RFC 4120, 7.2): datagrams, or behind four octets of length on a TCP connection of
/// their own. Blocks; for a worker thread. An answer of more than 64 KiB is refused.
krb::KdcExchange exchange_with(KdcAddress kdc, KdcPatience patience = {});

}  // namespace kpropgw::net
