#pragma once
#include <span>
#include <string>
#include <string_view>

#include "gateway/krb/identity.hpp"
#include "gateway/krb/session.hpp"

namespace kpropgw::krb {

struct Accepted {
    Session session;
    std::string client;  ///< the principal that authenticated, with its realm
    std::string ap_rep;  ///< to be sent once the client is found to be permitted
};

/// Reads an AP-REQ for host/HOST@REALM with the keytab's key; the replay cache is libkrb5's default one.
/// `local_address`: our end of the connection, 4 or 16 octets. Blocks on files.
Result<Accepted> accept(std::string_view ap_req, const std::string& keytab, const Identity& identity,
                        std::span<const unsigned char> local_address);

/// A KRB-ERROR (KRB_ERR_GENERIC) from host/HOST@REALM with `text` for the peer's operator.
Result<std::string> make_error_message(const std::string& text, const Identity& identity);

}  // namespace kpropgw::krb
