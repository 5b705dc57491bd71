#pragma once
#include <cstdint>
#include <string>

#include "base/error.hpp"

namespace kpropgw::krb {

/// Who the gateway is: host/HOST@REALM.
struct Identity {
    std::string host;
    std::string realm;
};

/// Fills in what is empty: libkrb5's default realm, the machine's canonical host name. Blocks on DNS.
Result<Identity> identify(std::string realm, std::string host);

/// Whether the keytab file holds a key of host/HOST@REALM; the error says what to do.
Result<void> check_keytab(const std::string& path, const Identity& identity);

/// Whether this machine's libkrb5 may use the session-key enctype; the error names the nearest that it may.
Result<void> check_enctype(std::int32_t number, const std::string& name);

}  // namespace kpropgw::krb
