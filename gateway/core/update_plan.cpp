#include "gateway/core/update_plan.hpp"

namespace kpropgw::core {
namespace {

std::optional<FullReason> why_full(const UpdateStanding& standing) {
    if (standing.level == Serial{}) return FullReason::first_contact;
    if (standing.claim > standing.newest) return FullReason::ahead;
    if (standing.claim < standing.journal_low) return FullReason::below_journal;
    if (standing.held_time != standing.claim_time) {
        return standing.claim > standing.level ? FullReason::never_confirmed : FullReason::another_time;
    }
    if (standing.unconfirmed_full && *standing.unconfirmed_full <= standing.claim) return FullReason::unconfirmed_full;
    if (standing.dump_only > standing.claim) return FullReason::dump_only;
    if (standing.policy_changed > standing.claim) return FullReason::policy_changed;
    return std::nullopt;
}

}  // namespace

std::string_view to_text(FullReason reason) {
    switch (reason) {
        case FullReason::first_contact:
            return "it never had anything";
        case FullReason::below_journal:
            return "the journal no longer reaches back to what it has";
        case FullReason::another_time:
            return "it has another change under that serial";
        case FullReason::never_confirmed:
            return "it claims a serial that it never confirmed, with another change under it";
        case FullReason::ahead:
            return "it claims a serial that the registry has not reached";
        case FullReason::unconfirmed_full:
            return "it never confirmed the full dump that it was sent";
        case FullReason::policy_changed:
            return "a policy changed, which no update can say";
        case FullReason::dump_only:
            return "the master key changed, or a record that is too long for an update";
    }
    return "";
}

UpdatePlan plan_updates(const UpdateStanding& standing) {
    using Step = UpdatePlan::Step;
    if (standing.newest == Serial{}) return {Step::in_sync};
    if (const auto why = why_full(standing)) return {.step = Step::full, .why = *why};
    if (standing.claim == standing.newest) return {Step::in_sync};
    if (!standing.refused || *standing.refused <= standing.claim) return {Step::send, standing.newest};
    if (standing.refused->value == standing.claim.value + 1) return {Step::stopped, *standing.refused};
    return {Step::send, Serial{standing.refused->value - 1}};
}

Serial from_wire(std::uint32_t low_bits, Serial newest) {
    // The difference of two such numbers, read as signed, is the shorter way round.
    const auto way = static_cast<std::int32_t>(low_bits - static_cast<std::uint32_t>(newest.value));
    if (way < 0 && newest.value < static_cast<std::uint64_t>(-static_cast<std::int64_t>(way))) return Serial{low_bits};
    return Serial{newest.value + static_cast<std::uint64_t>(static_cast<std::int64_t>(way))};
}

}  // namespace kpropgw::core
