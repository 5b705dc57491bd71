#include "formats/inspect/loss.hpp"

#include "formats/dump/version.hpp"

namespace kpropgw::formats {
namespace {

constexpr LossKind kinds[] = {
    {Loss::policy_reference, "policy-reference", "policy reference"},
    {Loss::password_history, "password-history", "password history"},
    {Loss::admin_data, "admin-data", "administration data that is not understood"},
    {Loss::logins, "logins", "login times and failures"},
    {Loss::lockout, "lockout", "lockout rules"},
    {Loss::policy_attributes, "policy-attributes", "attributes, ticket lifetimes, keysalts or tl-data of a policy"},
};

/// Without a policy and without old keys it says which kvno the history has, and nothing that is missed.
bool is_of_no_weight(std::string_view kadm_data) {
    // Version, policy's length, auxiliary attributes, place in the ring, kvno, count of old passwords.
    constexpr std::size_t field = 8;
    constexpr std::string_view none = "00000000";
    return kadm_data.size() == 6 * field && kadm_data.starts_with("12345c01") &&
           kadm_data.substr(field, field) == none && kadm_data.substr(5 * field) == none;
}

}  // namespace

std::span<const LossKind> loss_kinds() {
    return kinds;
}

void LossFinder::add(Loss loss) {
    found_.kinds.push_back(loss);
    ++counts_[static_cast<std::size_t>(loss)];
}

const RecordLoss& LossFinder::finish() {
    if (!found_.kinds.empty()) ++records_;
    return found_;
}

void LossFinder::add_kadm_data(std::string_view hex) {
    if (is_of_no_weight(hex)) return;
    if (!decode_kadm_data(hex, kadm_data_)) return add(Loss::admin_data);
    if (kadm_data_.policy) {
        found_.policy = *kadm_data_.policy;
        add(Loss::policy_reference);
    }
    found_.old_passwords = kadm_data_.old_sizes.size();
    if (found_.old_passwords > 0) add(Loss::password_history);
}

const RecordLoss& LossFinder::of(const Principal& principal) {
    found_.kinds.clear();
    const Layout& layout = layout_of(to_);
    const TlData* kadm_data = layout.kadm_data ? nullptr : principal.find_tl(tl_kadm_data);
    if (kadm_data) add_kadm_data(kadm_data->hex);
    const bool never = principal.last_success == 0 && principal.last_failed == 0 && principal.fail_auth_count == 0;
    if (!layout.logins && !never) add(Loss::logins);
    return finish();
}

const RecordLoss& LossFinder::of(const Policy& policy) {
    found_.kinds.clear();
    const Layout& layout = layout_of(to_);
    const bool no_lockout = policy.max_fail == 0 && policy.fail_interval == 0 && policy.lockout_duration == 0;
    if (!layout.lockout && !no_lockout) add(Loss::lockout);
    const bool no_attributes = policy.attributes == 0 && policy.max_ticket_life == 0 &&
                               policy.max_renewable_ticket_life == 0 && policy.allowed_keysalts.empty() &&
                               policy.tl.empty();
    if (!layout.newer_policy && !no_attributes) add(Loss::policy_attributes);
    return finish();
}

}  // namespace kpropgw::formats
