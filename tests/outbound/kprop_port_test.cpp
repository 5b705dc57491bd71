// How a kpropd up to MIT 1.10 is told from a later one: by whether anything listens while it waits for an answer.
#include "gateway/outbound/kprop_port.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_future.hpp>

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

class KpropPortTest : public testing::Test {
protected:
    KpropPortTest() {
        listener_.open(tcp::v4());
        listener_.bind({asio::ip::make_address("127.0.0.1"), 0});
        kpropd_ = {"127.0.0.1", listener_.local_endpoint().port()};
    }

    bool listens_only_when_granted() {
        auto answer = asio::co_spawn(loop_, outbound::listens_only_when_granted(kpropd_, 5s), asio::use_future);
        loop_.run();
        return answer.get();
    }

    asio::io_context loop_;
    tcp::acceptor listener_{loop_};
    KpropPort kpropd_;
};

TEST_F(KpropPortTest, OneThatListensListensAlways) {
    listener_.listen();
    EXPECT_FALSE(listens_only_when_granted());
}

TEST_F(KpropPortTest, OneThatHasJustStartedMayTakeASecond) {
    asio::steady_timer timer(loop_, 700ms);
    timer.async_wait([&](auto) { listener_.listen(); });
    EXPECT_FALSE(listens_only_when_granted());
}

TEST_F(KpropPortTest, OneThatRefusesToTheLastListensOnlyWhenGranted) {
    EXPECT_TRUE(listens_only_when_granted());
}

TEST_F(KpropPortTest, WhyItCannotBeReachedHasAName) {
    const auto cause = [&] {
        net::Stream stream(loop_);
        auto answer = asio::co_spawn(loop_, connect(stream, kpropd_, 5s, 0ms), asio::use_future);
        loop_.restart();
        loop_.run();
        return std::string(answer.get().error().cause());
    };
    EXPECT_EQ(cause(), "kpropd-not-running");
    kpropd_.host = "no-such-name.invalid";
    EXPECT_EQ(cause(), "name-not-resolved");
}

TEST_F(KpropPortTest, WhatCannotBeReachedSaysNothing) {
    kpropd_.host = "no-such-name.invalid";
    EXPECT_FALSE(listens_only_when_granted());
}

}  // namespace
}  // namespace kpropgw::outbound
