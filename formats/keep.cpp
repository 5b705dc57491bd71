#include <algorithm>

#include "formats/dump/version.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {

void keep_what_cannot_travel(Principal& arriving, const Principal& held, DumpVersion version) {
    if (!layout_of(version).logins) {
        arriving.last_success = held.last_success;
        arriving.last_failed = held.last_failed;
        arriving.fail_auth_count = held.fail_auth_count;
    }
    if (layout_of(version).kadm_data || arriving.find_tl(tl_kadm_data)) return;
    const TlData* kept = held.find_tl(tl_kadm_data);
    if (!kept) return;
    // At its old place: otherwise a dump that changed nothing would differ from the registry in order.
    const auto place = std::min(static_cast<std::size_t>(kept - held.tl.data()), arriving.tl.size());
    arriving.tl.insert(arriving.tl.begin() + static_cast<std::ptrdiff_t>(place), *kept);
}

void keep_what_cannot_travel(Policy& arriving, const Policy& held, DumpVersion version) {
    const Layout& layout = layout_of(version);
    if (!layout.lockout) {
        arriving.max_fail = held.max_fail;
        arriving.fail_interval = held.fail_interval;
        arriving.lockout_duration = held.lockout_duration;
    }
    if (!layout.newer_policy) {
        arriving.attributes = held.attributes;
        arriving.max_ticket_life = held.max_ticket_life;
        arriving.max_renewable_ticket_life = held.max_renewable_ticket_life;
        arriving.allowed_keysalts = held.allowed_keysalts;
        arriving.tl = held.tl;
    }
}

}  // namespace kpropgw::formats
