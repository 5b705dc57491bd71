#include "gateway/core/resync_budget.hpp"

#include <algorithm>

namespace kpropgw::core {

void ResyncBudget::limit(ResyncLimits limits) {
    limits_ = limits;
    while (begun_.size() > limits_.an_hour)
        begun_.pop_front();
}

void ResyncBudget::policy_changed(Instant now) {
    if (!first_change_) first_change_ = now;
    last_change_ = now;
}

ResyncBudget::Instant ResyncBudget::may_begin(FullReason why, Instant now) const {
    Instant when = now;
    if (begun_.size() >= limits_.an_hour) when = std::max(when, begun_.front() + std::chrono::hours(1));
    if (why == FullReason::policy_changed && first_change_) {
        when = std::max(when, std::min(*last_change_ + limits_.quiet, *first_change_ + limits_.patience));
    }
    return when;
}

void ResyncBudget::began(Instant now) {
    begun_.push_back(now);
    if (begun_.size() > limits_.an_hour) begun_.pop_front();
    first_change_.reset();
    last_change_.reset();
}

}  // namespace kpropgw::core
