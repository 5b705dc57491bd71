// What becomes of a PROP order, with a secondary that cannot be reached.
#include "gateway/outbound/secondary.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "tests/outbound/small_registry.hpp"

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using core::PropStep;

class SecondaryTest : public testing::Test {
protected:
    SecondaryTest() {
        shared_.registry = registry_.summary();
        config_.retry_min = 1h;
        config_.retry_max = 1h;
    }
    ~SecondaryTest() override {
        for (const auto& secondary : secondaries_)
            secondary->stop();
        run_for(100ms);
        workers_.join();
    }

    /// One that has nothing, at a port where nobody listens.
    Secondary& begin(acl::Role role) {
        store::SecondaryRow row;
        row.host = "127.0.0.1";
        secondaries_.push_back(std::make_unique<Secondary>(
            loop_.get_executor(), acl::Entry{"127.0.0.1", 1, role, {}, 1}, std::move(row), shared_));
        asio::co_spawn(loop_, secondaries_.back()->run(), asio::detached);
        return *secondaries_.back();
    }

    /// How often the loop had something to do.
    std::size_t run_for(std::chrono::milliseconds time) {
        loop_.restart();
        return loop_.run_for(time);
    }

    bool fails(const Secondary& secondary, const core::PropGoal& goal) {
        for (int tries = 0; tries < 1000 && secondary.step(goal) != PropStep::failed; ++tries)
            run_for(10ms);
        return secondary.step(goal) == PropStep::failed;
    }

    SmallRegistry registry_;
    asio::io_context loop_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{loop_.get_executor()};
    asio::thread_pool workers_{2};
    config::Config config_;
    krb::Identity identity_{"gateway.x.com", "X.COM"};
    metrics::Metrics metrics_;
    Shared shared_{{config_, identity_, workers_},
                   registry_.store(),
                   system_clock(),
                   RenderedDumps(loop_.get_executor(), registry_.store(), workers_),
                   UpdateBatches(loop_.get_executor(), registry_.store(), workers_, "X.COM", 1u << 20),
                   RowKeeper(loop_.get_executor(), registry_.store(), workers_),
                   {},
                   [] { return 0.0; },
                   754,
                   metrics_};
    std::vector<std::unique_ptr<Secondary>> secondaries_;
};

TEST_F(SecondaryTest, AnOrderThatFailedHasFailedThoughAQuestionClearedTheFailure) {
    Secondary& secondary = begin(acl::Role::replace);
    const auto goal = secondary.order(false);
    EXPECT_EQ(secondary.step(goal), PropStep::open);
    ASSERT_TRUE(fails(secondary, goal));
    EXPECT_NE(secondary.why_not().find("Connection refused"), std::string::npos) << secondary.why_not();
    EXPECT_TRUE(secondary.tries_again());
    // As a kpropd does that asks for updates: it has what it had.
    secondary.following().confirm(Serial{}, Time(), shared_.clock.now());
    ASSERT_EQ(secondary.row().failures, 0u);
    EXPECT_EQ(secondary.step(goal), PropStep::failed);
}

TEST_F(SecondaryTest, AnOrderIsDoneWhenTheLevelWasReachedInAnotherWay) {
    Secondary& secondary = begin(acl::Role::replace);
    const auto goal = secondary.order(false);
    ASSERT_TRUE(fails(secondary, goal));
    secondary.following().confirm(shared_.registry.serial, Time(), shared_.clock.now());
    EXPECT_EQ(secondary.step(goal), PropStep::done);
}

TEST_F(SecondaryTest, ADumpIsTriedThoughTheLevelIsTheNewest) {
    Secondary& secondary = begin(acl::Role::replace);
    secondary.following().confirm(shared_.registry.serial, Time(), shared_.clock.now());
    const auto level = secondary.order(false);
    EXPECT_EQ(secondary.step(level), PropStep::done);
    const auto full = secondary.order(true);
    ASSERT_TRUE(fails(secondary, full));
    EXPECT_TRUE(secondary.tries_again());
}

TEST_F(SecondaryTest, WhatAnOrderWasToBringIsTriedAgainExceptToAManualOne) {
    config_.retry_min = config_.retry_max = 0s;
    Secondary& secondary = begin(acl::Role::replace);
    secondary.following().confirm(shared_.registry.serial, Time(), shared_.clock.now());
    ASSERT_TRUE(fails(secondary, secondary.order(true)));
    for (int i = 0; i < 1000 && secondary.row().failures < 2; ++i)
        run_for(10ms);
    EXPECT_GE(secondary.row().failures, 2u);
    secondary.stop();
    run_for(100ms);
    Secondary& manual = begin(acl::Role::manual);
    ASSERT_TRUE(fails(manual, manual.order(true)));
    run_for(200ms);
    EXPECT_EQ(manual.row().failures, 1u);
    EXPECT_FALSE(manual.tries_again());
}

TEST_F(SecondaryTest, AnUpdateSecondaryThatGotByItselfWhatWasOrderedIsNotSentIt) {
    config_.retry_min = config_.retry_max = 1s;
    config_.update_hold = 0s;
    Secondary& secondary = begin(acl::Role::update);
    ASSERT_TRUE(fails(secondary, secondary.order(false)));
    secondary.following().confirm(shared_.registry.serial, Time(), shared_.clock.now());
    run_for(1500ms);
    EXPECT_LT(run_for(500ms), 100u) << "the loop must come to rest when the back-off is over";
    EXPECT_EQ(secondary.next_try(), std::nullopt);
    EXPECT_EQ(secondary.row().failures, 0u);
}

TEST_F(SecondaryTest, AnOrderEndsWhenTheHostIsFrozenOrLeaves) {
    Secondary& secondary = begin(acl::Role::manual);
    const auto frozen = secondary.order(false);
    secondary.freeze("its disk is exchanged");
    ASSERT_TRUE(fails(secondary, frozen));
    EXPECT_EQ(secondary.row().failures, 0u) << "nothing was tried";
    secondary.thaw();
    const auto left = secondary.order(false);
    secondary.stop();
    ASSERT_TRUE(fails(secondary, left));
    EXPECT_EQ(secondary.why_not(), "it has left kpropd.acl");
}

}  // namespace
}  // namespace kpropgw::outbound
