#include "formats/inspect/realms.hpp"

#include <fmt/format.h>

#include "formats/quoted.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::string_view ticket_name = "krbtgt/";

}  // namespace

void Realms::see(const Principal& principal, std::uint64_t line) {
    const std::string_view realm = principal.realm();
    if (principal.name.starts_with(ticket_name)) {
        const std::size_t size = principal.name.size() - ticket_name.size() - realm.size();
        const std::string_view of = principal.name.substr(ticket_name.size(), size > 0 ? size - 1 : 0);
        if (of != realm) return;
        if (own_tickets_.size() < Tally<std::string>::most) own_tickets_.emplace(of);
    }
    realms_.meet(realm, principal.name, line);
}

void Realms::check(const std::string& realm, Findings& findings) const {
    if (!own_tickets_.contains(realm)) {
        findings.add(Check::no_krbtgt, 0, [&] {
            return fmt::format("{} is missing: no KDC of the realm can serve from this dump",
                               quoted_name(fmt::format("krbtgt/{0}@{0}", realm)));
        });
    }
    for (const auto& [other, met] : realms_.met()) {
        if (other == realm) continue;
        findings.add(Check::other_realm, met.line, [&, &met = met, &name = other] {
            return fmt::format("{} is of realm {}, not of {}; principals like this: {}", quoted_name(met.name),
                               quoted_name(name), quoted_name(realm), met.count);
        });
    }
    if (realms_.left_some_out()) {
        findings.add(Check::not_all_checked, 0, [] { return "the dump is of more realms than are checked"; });
    }
}

}  // namespace kpropgw::formats
