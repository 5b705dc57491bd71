#include "gateway/core/prop_orders.hpp"

#include <utility>

namespace kpropgw::core {

std::uint64_t PropOrders::give(bool full) {
    ++given_;
    if (full) full_ = given_;
    return given_;
}

void PropOrders::try_begins() {
    taken_ = given_;
}

void PropOrders::try_failed(std::string why) {
    ended_ = taken_;
    why_ = std::move(why);
}

void PropOrders::drop(std::string why) {
    if (!any_open()) return;
    taken_ = ended_ = given_;
    why_ = std::move(why);
}

PropStep PropOrders::step(const PropGoal& goal, Serial level) const {
    if (confirmed_ >= goal.order) return PropStep::done;
    if (!goal.full && level >= goal.serial) return PropStep::done;
    if (ended_ >= goal.order) return PropStep::failed;
    return taken_ >= goal.order ? PropStep::under_way : PropStep::open;
}

}  // namespace kpropgw::core
