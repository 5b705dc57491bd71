#include "formats/inspect/finding.hpp"

#include <algorithm>

namespace kpropgw::formats {
namespace {

using enum Severity;

// In the order of Check.
constexpr CheckInfo table[] = {
    {Check::unreadable_header, "unreadable-header", error},
    {Check::malformed_record, "malformed-record", error},
    {Check::too_many_tl_data, "too-many-tl-data", error},
    {Check::name_begins_with_blank, "name-begins-with-blank", error},
    {Check::name_twice, "name-twice", error},
    {Check::policy_twice, "policy-twice", error},
    {Check::no_master_key, "no-master-key", error},
    {Check::wrong_realm, "wrong-realm", error},
    {Check::no_krbtgt, "no-krbtgt", error},
    {Check::master_key_replaced, "master-key-replaced", error},
    {Check::shrunk, "shrunk", error},
    {Check::unreadable_master_key_data, "unreadable-master-key-data", error},
    {Check::unknown_master_kvno, "unknown-master-kvno", error},
    {Check::unknown_active_kvno, "unknown-active-kvno", error},
    {Check::unreadable_kadm_data, "unreadable-kadm-data", error},
    {Check::unreadable_tl_data, "unreadable-tl-data", warning},
    {Check::unknown_tl_type, "unknown-tl-type", warning},
    {Check::tl_type_twice, "tl-type-twice", warning},
    {Check::no_such_policy, "no-such-policy", warning},
    {Check::history_key_changed, "history-key-changed", warning},
    {Check::keys_out_of_order, "keys-out-of-order", warning},
    {Check::other_realm, "other-realm", warning},
    {Check::alias_without_target, "alias-without-target", warning},
    {Check::weak_master_key, "weak-master-key", warning},
    {Check::des_keys_only, "des-keys-only", warning},
    {Check::master_key_added, "master-key-added", note},
    {Check::sha2_keys_only, "sha2-keys-only", note},
    {Check::alias, "alias", note},
    {Check::not_all_checked, "not-all-checked", note},
};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < std::size(table); ++i) {
        if (static_cast<std::size_t>(table[i].check) != i) return false;
    }
    return static_cast<std::size_t>(Check::not_all_checked) + 1 == std::size(table);
}
static_assert(is_in_order(), "a check without its row");

}  // namespace

std::span<const CheckInfo> checks() {
    return table;
}

const CheckInfo& info_of(Check check) {
    return table[static_cast<std::size_t>(check)];
}

std::string_view to_text(Severity severity) {
    switch (severity) {
        case note:
            return "note";
        case warning:
            return "warning";
        case error:
            break;
    }
    return "error";
}

Findings::Findings(std::size_t most_of_a_check) : most_(most_of_a_check), counts_(std::size(table)) {}

void Findings::sort() {
    const auto place = [](const Finding& finding) { return finding.line == 0 ? UINT64_MAX : finding.line; };
    std::stable_sort(kept_.begin(), kept_.end(),
                     [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
}

std::uint64_t Findings::count(Severity severity) const {
    std::uint64_t sum = 0;
    for (const CheckInfo& info : table) {
        if (info.severity == severity) sum += count(info.check);
    }
    return sum;
}

}  // namespace kpropgw::formats
