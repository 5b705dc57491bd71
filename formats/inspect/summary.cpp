#include "formats/inspect/summary.hpp"

#include <algorithm>

namespace kpropgw::formats {

void Summary::measure(std::size_t size, std::uint64_t line, std::string_view name) {
    if (size <= largest.size) return;
    largest.size = size;
    largest.line = line;
    largest.name = name;
}

void Summary::count_keys(const Principal& principal) {
    for (const Key& key : principal.keys) {
        EnctypeUse& use = enctypes[key.element[0].type];
        ++use.keys;
        if (use.last_principal == principals) continue;
        use.last_principal = principals;
        ++use.principals;
    }
    const KeyStrength strength = key_strength(principal);
    if (strength.des_only) {
        ++des_keys_only;
    } else if (strength.old_only) {
        ++old_keys_only;
    }
}

void Summary::count_times(const Principal& principal, const TlContents& contents) {
    newest_password_change = std::max(newest_password_change, contents.password_change().value_or(0));
    newest_login = std::max(newest_login, principal.last_success);
    if (const auto* last = contents.last_modification())
        newest_modification = std::max(newest_modification, last->time);
}

void Summary::see(const Principal& principal, const TlContents& contents, std::uint64_t line, std::size_t size) {
    ++principals;
    realms.meet(principal.realm(), principal.name, line);
    count_keys(principal);
    count_times(principal, contents);
    measure(size, line, principal.name);
    if (contents.alias_target()) {
        ++aliases;
    } else if (principal.keys.empty()) {
        ++without_keys;
    }
    if (const KadmData* data = contents.kadm_data()) {
        if (data->policy && (data->aux_attributes & aux_policy)) policy_uses.meet(*data->policy, principal.name, line);
        if (!data->old_keys.empty()) ++with_history;
    }
    if (!master_keys && is_master_key_name(principal.name)) master_keys = master_keys_of({principal, contents, line});
}

void Summary::see(const Policy& policy, std::uint64_t line, std::size_t size) {
    ++policies;
    measure(size, line, policy.name);
    if (policy_lines.size() < Tally<std::string>::most) policy_lines.emplace(policy.name, line);
}

}  // namespace kpropgw::formats
