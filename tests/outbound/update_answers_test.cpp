// The answers that older kpropd depend on, beyond what the installed one shows end to end.
#include "gateway/outbound/update_answers.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/outbound/wire_position.hpp"
#include "tests/outbound/small_registry.hpp"

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;
using formats::DumpVersion;
using wire::IpropStatus;

class UpdateAnswersTest : public testing::Test {
protected:
    UpdateAnswersTest() { shared_.registry = registry_.summary(); }

    /// A secondary that loaded that dump before.
    std::shared_ptr<Secondary> secondary(DumpVersion learned) {
        store::SecondaryRow row;
        row.host = "kdc2.x.com";
        row.learned = learned;
        row.level = registry_.summary().serial;
        // Nothing listens there.
        return std::make_shared<Secondary>(loop_.get_executor(), acl::Entry{"127.0.0.1", 1, acl::Role::update, {}, 1},
                                           std::move(row), shared_);
    }

    wire::ReceivedUpdates asks(const std::shared_ptr<Secondary>& secondary, wire::IpropPosition claim = {}) {
        auto answer = asio::co_spawn(loop_, get_updates(shared_, secondary, claim), asio::use_future);
        loop_.restart();
        loop_.run();
        answer_ = answer.get();
        return wire::parse_updates_result(answer_->text).value();
    }

    SmallRegistry registry_;
    asio::io_context loop_;
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
    Question::Answer answer_;
};

TEST_F(UpdateAnswersTest, AFullResyncIsNeededUnderASerialThatIsNotZero) {
    const auto received = asks(secondary(DumpVersion::ipropx_r18));
    EXPECT_EQ(received.status, IpropStatus::full_resync_needed);
    EXPECT_NE(received.last.serial, 0u) << "up to 1.10, kpropd would ask for no second dump in a row";
}

TEST_F(UpdateAnswersTest, OneThatIsToldAgainAndDoesNotAskIsSentTheRegistryUnasked) {
    const auto later = secondary(DumpVersion::ipropx);
    asks(later);
    EXPECT_FALSE(later->full_is_under_way()) << "it may ask yet";
    asks(later);
    EXPECT_TRUE(later->full_is_under_way());
}

TEST_F(UpdateAnswersTest, OneUpTo110IsSentNothingUnaskedSinceItDoesNotListen) {
    const auto older = secondary(DumpVersion::ipropx_r18);
    asks(older);
    asks(older);
    EXPECT_TRUE(older->is_before_1_11());
    EXPECT_FALSE(older->full_is_under_way());
}

TEST_F(UpdateAnswersTest, AFrozenOneIsToldThatThereIsNothing) {
    config_.update_hold = std::chrono::seconds(0);
    const auto frozen = secondary(DumpVersion::ipropx);
    frozen->freeze("its disk is exchanged");
    EXPECT_EQ(asks(frozen).status, IpropStatus::nil);
    EXPECT_EQ(full_resync(*frozen), no_resync());
    EXPECT_FALSE(frozen->full_is_under_way());
    frozen->thaw();
    EXPECT_EQ(asks(frozen).status, IpropStatus::full_resync_needed);
    EXPECT_NE(full_resync(*frozen), no_resync());
    EXPECT_TRUE(frozen->full_is_under_way());
}

TEST_F(UpdateAnswersTest, WhatWasSentIsKnownBeforeItIsConfirmed) {
    config_.update_hold = std::chrono::seconds(0);
    const store::Summary before = registry_.summary();
    const auto follower = secondary(DumpVersion::ipropx);
    registry_.take("100", "0");
    shared_.registry = registry_.summary();
    const Serial newest = shared_.registry.serial;
    const wire::IpropPosition had = wire_position(before.serial, before.serial_time);
    EXPECT_EQ(follower->sent(), before.serial);
    EXPECT_EQ(asks(follower, had).status, IpropStatus::ok);
    EXPECT_EQ(follower->sent(), newest);
    EXPECT_EQ(follower->row().level, before.serial);
    asks(follower, wire_position(newest, shared_.registry.serial_time));
    EXPECT_EQ(follower->row().level, newest);
    follower->freeze("so that it is sent nothing now");
    asks(follower, had);
    EXPECT_EQ(follower->row().level, before.serial);
    EXPECT_EQ(follower->sent(), before.serial) << "it went back to what it had before";
}

}  // namespace
}  // namespace kpropgw::outbound
