#include "gateway/core/update_permission.hpp"

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "gateway/events/catalogue.hpp"

namespace kpropgw::core {
namespace {

/// The HOST of SERVICE/HOST@REALM in small letters, "" when the client is something else.
std::string host_of(std::string_view client, std::string_view realm) {
    for (const std::string_view service : {"kiprop/", "host/"}) {
        if (!client.starts_with(service)) continue;
        const std::string_view rest = client.substr(service.size());
        const std::size_t at = rest.find('@');
        if (at == std::string_view::npos || rest.substr(at + 1) != realm) return "";
        const std::string_view host = rest.substr(0, at);
        return host.find_first_of("/\\") == std::string_view::npos ? to_lower(host) : "";
    }
    return "";
}

}  // namespace

Result<std::string> permit_updates(const acl::Acl& acl, std::string_view client, std::string_view realm) {
    const std::string host = host_of(client, realm);
    if (host.empty()) {
        return Error(Errc::denied, fmt::format("{} is neither kiprop/HOST nor host/HOST of {}", client, realm))
            .because(causes::not_an_update_secondary);
    }
    const acl::Entry* entry = acl.find(host);
    if (entry == nullptr) {
        return Error(Errc::denied, fmt::format("{0} is not in kpropd.acl; add a line \"{0} Update\"", host))
            .because(causes::not_an_update_secondary);
    }
    if (entry->role != acl::Role::update) {
        return Error(Errc::denied,
                     fmt::format("kpropd.acl line {} has {} as {}; it asks for updates, which only Update "
                                 "is sent",
                                 entry->line, host, acl::to_text(entry->role)))
            .because(causes::not_an_update_secondary);
    }
    return host;
}

}  // namespace kpropgw::core
