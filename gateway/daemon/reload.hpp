#pragma once
#include <string>
#include <vector>

#include "gateway/config/config.hpp"
#include "gateway/daemon/acl_file.hpp"
#include "gateway/krb/identity.hpp"

namespace kpropgw::daemon {

/// kpropgw.conf and the files that it names, as they stand now.
struct ReloadCandidate {
    config::Reading configuration;
    AclFile::Reading acl;
    Result<void> keytab;
};

/// Reads all that a reload may put in force, and puts nothing in force. Blocks; any thread, while `in_force` is changed
/// by take_live() alone.
ReloadCandidate read_again(const config::Config& in_force, const AclFile& acl, const krb::Identity& identity);

/// Everything that speaks against it, each with its file.
std::vector<std::string> problems_of(const ReloadCandidate& candidate, const config::Config& in_force,
                                     const AclFile& acl);

}  // namespace kpropgw::daemon
