#include "gateway/core/push_permission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "gateway/events/catalogue.hpp"

namespace kpropgw::core {

Result<std::string> plan_push(const acl::Acl& acl, std::string_view client, std::string_view realm) {
    const std::string quoted = fmt::format("\"{}\"", client);
    const auto slash = client.find('/');
    const auto at = client.rfind('@');
    if (slash == std::string_view::npos || at == std::string_view::npos || at < slash ||
        client.substr(0, slash) != "host") {
        return Error(Errc::denied, quoted + " may not push: only host/NAME of the Primary may")
            .because(causes::not_the_primary);
    }
    if (client.substr(at + 1) != realm) {
        return Error(Errc::denied, fmt::format("{} may not push: it is not of the realm \"{}\"", quoted, realm))
            .because(causes::pusher_of_another_realm);
    }
    const std::string host = to_lower(client.substr(slash + 1, at - slash - 1));
    const acl::Entry* entry = acl.find(host);
    if (entry == nullptr) {
        return Error(Errc::denied, fmt::format("{} may not push: \"{}\" is not listed in kpropd.acl", quoted, host))
            .because(causes::not_the_primary);
    }
    if (entry->role != acl::Role::primary) {
        return Error(Errc::denied,
                     fmt::format("{} may not push: line {} of kpropd.acl lists \"{}\" as {}, not as Primary", quoted,
                                 entry->line, host, acl::to_text(entry->role)))
            .because(causes::not_the_primary);
    }
    return host;
}

Result<void> check_address(std::string_view host, std::string_view address, const std::vector<std::string>& names) {
    const bool found =
        std::any_of(names.begin(), names.end(), [&](const std::string& name) { return to_lower(name) == host; });
    if (found) return {};
    return Error(Errc::denied,
                 fmt::format("\"{}\" may not push from {}: that address resolves to {}; mend its DNS, or set dns_check",
                             host, address,
                             names.empty() ? "no name" : fmt::format("\"{}\"", fmt::join(names, "\", \""))))
        .because(causes::reverse_dns);
}

}  // namespace kpropgw::core
