#include "gateway/core/secondary_state.hpp"

namespace kpropgw::core {

std::string_view to_text(SecondaryState state) {
    switch (state) {
        case SecondaryState::healthy:
            return "healthy";
        case SecondaryState::behind:
            return "behind";
        case SecondaryState::held:
            return "held";
        case SecondaryState::needs_full:
            return "needs-full";
        case SecondaryState::failing:
            return "failing";
    }
    return "";
}

SecondaryState state_of(const Standing& standing) {
    if (standing.frozen) return SecondaryState::held;
    if (standing.failures > 0 || standing.refuses_an_update) return SecondaryState::failing;
    if (standing.registry == Serial{}) return SecondaryState::needs_full;  // nobody knows what it has
    if (behind(standing) == 0) return SecondaryState::healthy;
    if (standing.held) return SecondaryState::held;
    const bool full = standing.level == Serial{} || standing.level < standing.updates_from;
    return full ? SecondaryState::needs_full : SecondaryState::behind;
}

std::uint64_t behind(const Standing& standing) {
    return standing.registry > standing.level ? standing.registry.value - standing.level.value : 0;
}

}  // namespace kpropgw::core
