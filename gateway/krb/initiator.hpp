#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "gateway/krb/identity.hpp"
#include "gateway/krb/session.hpp"

namespace kpropgw::krb {

struct Initiated {
    Session session;
    std::string ap_req;
};

/// A service ticket for host/TARGET@REALM in the gateway's name, with a session key of `session_enctype` when it is
/// given, and the AP-REQ that opens the conversation. The keytab's key gets a TGT first, because an AS-REQ's enctype
/// list would bind the gateway's own key too. Blocks on the KDC.
Result<Initiated> initiate(const std::string& target, const std::string& keytab, const Identity& identity,
                           std::optional<std::int32_t> session_enctype, std::span<const unsigned char> local_address);

}  // namespace kpropgw::krb
