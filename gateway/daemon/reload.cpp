#include "gateway/daemon/reload.hpp"

#include <fmt/format.h>

#include "gateway/config/change.hpp"

namespace kpropgw::daemon {

ReloadCandidate read_again(const config::Config& in_force, const AclFile& acl, const krb::Identity& identity) {
    return {config::read(in_force.file), acl.read(), krb::check_keytab(in_force.keytab, identity)};
}

std::vector<std::string> problems_of(const ReloadCandidate& candidate, const config::Config& in_force,
                                     const AclFile& acl) {
    std::vector<std::string> problems = candidate.configuration.problems;
    if (const auto& wanted = candidate.configuration.config) {
        for (const config::Change& change : config::changes(in_force, *wanted)) {
            if (change.live) continue;
            problems.push_back(fmt::format("{}: {}; restart to change it", in_force.file, config::to_text(change)));
        }
        for (const auto& [host, secondary] : wanted->secondaries) {
            if (!candidate.acl.acl || candidate.acl.acl->find(host) != nullptr) continue;
            problems.push_back(
                fmt::format("{}: [secondary] {}: is no server of {}", in_force.file, host, in_force.acl_file));
        }
    }
    if (auto ok = acl.check(candidate.acl); !ok) problems.push_back(ok.error().text());
    if (!candidate.keytab) problems.push_back(candidate.keytab.error().text());
    return problems;
}

}  // namespace kpropgw::daemon
