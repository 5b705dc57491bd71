#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "support/realm.hpp"

namespace kpropgw::testing {

/// A realm whose krb5.conf this process has taken on, so that libkrb5 and GSS-API called in the test find its KDC. One
/// at a time, made before any thread.
class InsideRealm {
public:
    InsideRealm();

    const Realm& realm() const { return realm_; }

    /// Makes a principal with a key that nobody knows, and a keytab file with it, whose path it returns. `options` are
    /// addprinc's.
    std::string add_keytab(std::string_view principal, std::vector<std::string> options = {}) const;

private:
    Realm realm_{0};
};

}  // namespace kpropgw::testing
