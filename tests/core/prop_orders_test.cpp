#include "gateway/core/prop_orders.hpp"

#include <gtest/gtest.h>

namespace kpropgw::core {
namespace {

constexpr Serial newest{5};
constexpr Serial older{4};

TEST(PropOrders, AnOrderIsDoneWhenWhatWasTriedForItIsConfirmed) {
    PropOrders orders;
    EXPECT_FALSE(orders.any_open());
    const PropGoal goal{orders.give(false), newest, false};
    EXPECT_TRUE(orders.any_open());
    EXPECT_FALSE(orders.full_is_open());
    EXPECT_EQ(orders.step(goal, older), PropStep::open);
    orders.try_begins();
    EXPECT_FALSE(orders.any_open());
    EXPECT_EQ(orders.step(goal, older), PropStep::under_way);
    orders.try_confirmed();
    EXPECT_EQ(orders.step(goal, newest), PropStep::done);
}

TEST(PropOrders, AFailureStaysOneWhateverTheSecondarySaysOfAnOlderLevel) {
    PropOrders orders;
    const PropGoal goal{orders.give(false), newest, false};
    orders.try_begins();
    orders.try_failed("connection refused");
    EXPECT_EQ(orders.step(goal, older), PropStep::failed);
    EXPECT_EQ(orders.why(), "connection refused");
    EXPECT_EQ(orders.step(goal, newest), PropStep::done) << "it came in another way: the host has it";
}

TEST(PropOrders, WhatWasUnderWayBeforeADumpWasAskedForIsNotThatDump) {
    PropOrders orders;
    orders.try_begins();
    const PropGoal full{orders.give(true), newest, true};
    orders.try_confirmed();
    EXPECT_TRUE(orders.full_is_open());
    EXPECT_EQ(orders.step(full, newest), PropStep::open) << "the level alone is not enough";
    orders.try_begins();
    EXPECT_FALSE(orders.full_is_open());
    EXPECT_EQ(orders.step(full, newest), PropStep::under_way);
    orders.try_confirmed();
    EXPECT_EQ(orders.step(full, newest), PropStep::done);
    const PropGoal next{orders.give(true), newest, true};
    orders.try_begins();
    orders.try_failed("disk full");
    EXPECT_EQ(orders.step(full, newest), PropStep::done) << "what went well stays so";
    EXPECT_EQ(orders.step(next, newest), PropStep::failed);
}

TEST(PropOrders, ThoseThatAreDroppedSayWhy) {
    PropOrders orders;
    const PropGoal kept{orders.give(true), newest, true};
    orders.try_begins();
    orders.try_confirmed();
    const PropGoal first{orders.give(false), newest, false};
    const PropGoal second{orders.give(true), newest, true};
    orders.drop("frozen");
    orders.drop("nothing is open any more");
    EXPECT_FALSE(orders.any_open());
    EXPECT_FALSE(orders.full_is_open());
    EXPECT_EQ(orders.step(first, older), PropStep::failed);
    EXPECT_EQ(orders.step(second, newest), PropStep::failed);
    EXPECT_EQ(orders.step(kept, newest), PropStep::done);
    EXPECT_EQ(orders.why(), "frozen");
}

}  // namespace
}  // namespace kpropgw::core
