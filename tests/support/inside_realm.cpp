#include "support/inside_realm.hpp"

#include <algorithm>
#include <cstdlib>

namespace kpropgw::testing {

InsideRealm::InsideRealm() {
    ::setenv("KRB5_CONFIG", (realm_.home_of("primary") / "krb5.conf").c_str(), 1);
    ::setenv("KRB5RCACHENAME", ("file2:" + (realm_.directory() / "rcache").string()).c_str(), 1);
    ::setenv("KRB5_KTNAME", "FILE:/nonexistent/keytab", 1);
    ::setenv("KRB5CCNAME", "FILE:/nonexistent/ccache", 1);
}

std::string InsideRealm::add_keytab(std::string_view principal, std::vector<std::string> options) const {
    std::string file(principal);
    std::replace(file.begin(), file.end(), '/', '_');
    const std::string path = (realm_.directory() / (file + ".keytab")).string();
    options.insert(options.begin(), {"addprinc", "-randkey"});
    options.emplace_back(principal);
    realm_.kadmin(options);
    realm_.kadmin({"ktadd", "-q", "-k", path, std::string(principal)});
    return path;
}

}  // namespace kpropgw::testing
