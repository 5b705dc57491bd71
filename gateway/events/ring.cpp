#include "gateway/events/ring.hpp"

#include <algorithm>
#include <utility>

namespace kpropgw::events {

void Ring::add(Occurrence occurrence) {
    {
        const std::lock_guard lock(kept_mutex_);
        occurrence.number = ++last_;
        kept_.push_back(std::move(occurrence));
        if (kept_.size() > capacity_) kept_.pop_front();
    }
    const std::lock_guard lock(observers_mutex_);
    for (const auto& observer : observers_)
        observer();
}

std::vector<Occurrence> Ring::after(std::uint64_t number, std::size_t most) const {
    const std::lock_guard lock(kept_mutex_);
    const std::uint64_t oldest = last_ - kept_.size() + 1;
    const std::uint64_t first = std::clamp(number, oldest - 1, last_) - (oldest - 1);
    const auto from = kept_.begin() + static_cast<std::ptrdiff_t>(first);
    return {from, from + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(most, kept_.size() - first))};
}

std::uint64_t Ring::last() const {
    const std::lock_guard lock(kept_mutex_);
    return last_;
}

Ring::Subscription Ring::on_addition(std::function<void()> observer) {
    const std::lock_guard lock(observers_mutex_);
    const auto place = observers_.insert(observers_.end(), std::move(observer));
    // The pointer holds nothing but its end.
    return {nullptr, [this, place](void*) {
                const std::lock_guard gone(observers_mutex_);
                observers_.erase(place);
            }};
}

}  // namespace kpropgw::events
