#include <algorithm>

#include "formats/record.hpp"

namespace kpropgw::formats {
namespace {

Difference judge(bool same, bool same_unimportant) {
    if (!same) return Difference::real;
    return same_unimportant ? Difference::none : Difference::unimportant;
}

}  // namespace

Difference compare(const Principal& old, const Principal& now) {
    const bool same = old.name == now.name && old.attributes == now.attributes && old.max_life == now.max_life &&
                      old.max_renewable_life == now.max_renewable_life && old.expiration == now.expiration &&
                      old.pw_expiration == now.pw_expiration && old.tl == now.tl && old.keys == now.keys &&
                      old.e_data_hex == now.e_data_hex;
    const bool same_logins = old.last_success == now.last_success && old.last_failed == now.last_failed &&
                             old.fail_auth_count == now.fail_auth_count;
    return judge(same, same_logins);
}

Difference compare(const Policy& old, const Policy& now) {
    const bool same = old.name == now.name && old.min_life == now.min_life && old.max_life == now.max_life &&
                      old.min_length == now.min_length && old.min_classes == now.min_classes &&
                      old.history == now.history && old.max_fail == now.max_fail &&
                      old.fail_interval == now.fail_interval && old.lockout_duration == now.lockout_duration &&
                      old.attributes == now.attributes && old.max_ticket_life == now.max_ticket_life &&
                      old.max_renewable_ticket_life == now.max_renewable_ticket_life &&
                      old.allowed_keysalts == now.allowed_keysalts && old.tl == now.tl;
    return judge(same, old.refcnt == now.refcnt);
}

}  // namespace kpropgw::formats
