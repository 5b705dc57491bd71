#include "formats/dump/loss.hpp"

#include "formats/dump/version.hpp"
#include "formats/tl/hex_cursor.hpp"

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

}  // namespace

std::span<const LossKind> loss_kinds() {
    return kinds;
}

std::string RecordLoss::policy() const {
    std::string text;
    HexCursor(policy_hex, "policy").text("name", policy_hex.size() / 2, text);
    return text;
}

void LossFinder::add(Loss loss) {
    found_.kinds.push_back(loss);
    ++counts_[static_cast<std::size_t>(loss)];
}

void LossFinder::add(const LossFinder& other) {
    records_ += other.records_;
    for (std::size_t i = 0; i < counts_.size(); ++i)
        counts_[i] += other.counts_[i];
}

const RecordLoss& LossFinder::finish() {
    if (!found_.kinds.empty()) ++records_;
    return found_;
}

void LossFinder::add_kadm_data(std::string_view hex) {
    KadmOutline outline;
    if (!decode_kadm_outline(hex, outline)) return add(Loss::admin_data);
    found_.policy_hex = outline.policy_hex;
    found_.old_passwords = outline.old_passwords;
    if (outline.has_policy) add(Loss::policy_reference);
    if (outline.old_passwords > 0) add(Loss::password_history);
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
