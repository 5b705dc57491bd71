#include <fmt/format.h>

#include "acl/acl.hpp"

namespace kpropgw::acl {

std::optional<Diagnostic> check_own_entry(const Acl& acl, std::string_view own_host, std::string_view utf8,
                                          std::string_view file) {
    const Entry* own = acl.find(own_host);
    if (own == nullptr || own->role != Role::primary) return std::nullopt;
    return about_host(*own, Diagnostic::Severity::warning,
                      fmt::format("\"{}\" is this host: a gateway here would take the database from nobody; name the "
                                  "KDC that pushes to it as the Primary",
                                  own->host),
                      utf8, file);
}

}  // namespace kpropgw::acl
