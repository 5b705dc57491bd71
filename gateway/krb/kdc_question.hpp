#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/krb/identity.hpp"

namespace kpropgw::krb {

inline constexpr std::uint16_t kdc_port = 88;

enum class Transport { udp, tcp };

/// Carries one message to the KDC that is asked and brings back its answer. It may block.
using KdcExchange = std::function<Result<std::string>(std::string_view message, Transport transport)>;

/// What a KDC said of a service: what its database holds now.
struct ServiceKey {
    bool known = false;        ///< false: it gives no ticket for a principal of that name
    std::uint32_t kvno = 0;    ///< of the key that the ticket is encrypted with
    std::string enctype = {};  ///< of that key: "aes256-cts-hmac-sha1-96"
    Transport transport{};     ///< what the last answer came by
};

/// Asks one KDC, whatever krb5.conf says, for a ticket of host/HOST@REALM for `service` (RFC 4120, 3.1) and tells by
/// which key of the service it is protected; the ticket is thrown away. By UDP, and by TCP where UDP brings nothing or
/// the answer is too large for it. No key but the gateway's own is used. `denied` when the KDC holds another key of the
/// gateway than the keytab, `unavailable` for the rest.
Result<ServiceKey> ask_kdc(const Identity& gateway, const std::string& keytab, const std::string& service,
                           const KdcExchange& exchange);

}  // namespace kpropgw::krb
