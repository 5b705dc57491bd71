// A gateway that is told to stop finishes what it is sending and receiving, within a bound, and begins nothing more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "support/served.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class Stop : public ::testing::Test {
protected:
    explicit Stop(const std::string& stop_timeout = "20s")
        : site({{"kdc1"}}, {.settings = {{"stop_timeout", stop_timeout}}, .start_gateway = false}) {
        site.realm.must({"stop-kpropd", "kdc1"});
        site.realm.must({"start-kpropd", "kdc1", slow_loader()});
    }

    /// What kpropd runs in the place of kdb5_util: it says that it began, and waits for the file "go".
    std::string slow_loader() const {
        const auto path = home() / "slow_loader";
        std::ofstream{path} << "#!/bin/sh\n: >'" << began().string() << "'\n"
                            << "until [ -e '" << go().string() << "' ]; do sleep 0.02; done\nexec kdb5_util \"$@\"\n";
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
        return path.string();
    }
    std::filesystem::path home() const { return site.realm.home_of("kdc1"); }
    std::filesystem::path began() const { return home() / "loader_began"; }
    std::filesystem::path go() const { return home() / "go"; }

    void push_and_wait_for_the_loader() {
        gateway.emplace(site);
        site.gateway().wait_until_it_answers();
        site.push();
        for (int looks = 0; !std::filesystem::exists(began()); ++looks) {
            ASSERT_LT(looks, 3000) << "nothing was sent";
            std::this_thread::sleep_for(10ms);
        }
    }

    nlohmann::json status_after_a_restart() {
        site.gateway().start();
        return secondary(site.gateway().status(), "kdc1");
    }

    Site site;
    std::optional<Served> gateway;
};

TEST_F(Stop, FinishesATransferToASlowSecondary) {
    push_and_wait_for_the_loader();
    gateway->signal(SIGTERM);
    std::this_thread::sleep_for(1s);
    EXPECT_FALSE(gateway->has_ended());
    // It begins nothing more, but answers.
    EXPECT_FALSE(site.try_push().ok());
    EXPECT_NE(secondary(site.gateway().status(), "kdc1").at("behind"), 0);
    std::ofstream{go()}.close();
    const Finished ended = gateway->end();
    EXPECT_EQ(ended.status, 0) << ended.errors;
    EXPECT_THAT(ended.errors, HasSubstr("event=propagated"));
    EXPECT_THAT(ended.errors, Not(HasSubstr("event=propagation-cut")));
    site.expect_equal("kdc1");
    std::filesystem::remove(began());
    EXPECT_EQ(status_after_a_restart().at("behind"), 0);
    EXPECT_FALSE(std::filesystem::exists(began())) << "it was sent again what it has";
}

TEST_F(Stop, ASecondSignalEndsItAtOnce) {
    push_and_wait_for_the_loader();
    gateway->signal(SIGTERM);
    std::this_thread::sleep_for(300ms);
    EXPECT_FALSE(gateway->has_ended());
    const auto before = std::chrono::steady_clock::now();
    gateway->signal(SIGTERM);
    const Finished ended = gateway->end();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 10s);
    EXPECT_EQ(ended.status, 0) << ended.errors;
    EXPECT_THAT(ended.errors, HasSubstr("event=propagation-cut secondary=kdc1.kpropgw.test"));
}

class StopWithinABound : public Stop {
protected:
    StopWithinABound() : Stop("1s") {}
};

TEST_F(StopWithinABound, ATransferThatTakesLongerIsCut) {
    push_and_wait_for_the_loader();
    gateway->signal(SIGTERM);
    const Finished ended = gateway->end();
    EXPECT_EQ(ended.status, 0) << ended.errors;
    EXPECT_THAT(ended.errors, HasSubstr("event=propagation-cut secondary=kdc1.kpropgw.test"));
    // Its level says no more than it has confirmed, and it is sent the rest when the gateway is back.
    std::ofstream{go()}.close();
    const auto status = status_after_a_restart();
    EXPECT_TRUE(status.at("level") == 0 || status.at("behind") == 0) << status;
    site.wait_until_all_have_it();
    site.expect_equal("kdc1");
}

TEST_F(Stop, AnOrderThatWaitsIsToldThatItWasNotCarriedOut) {
    push_and_wait_for_the_loader();
    gateway->signal(SIGTERM);
    std::this_thread::sleep_for(300ms);
    const auto order = site.gateway().command({"prop", Realm::host_name("kdc1")});
    EXPECT_FALSE(order.ok()) << describe({"prop"}, order);
    EXPECT_THAT(order.output + order.errors, HasSubstr("stopping"));
    std::ofstream{go()}.close();
    EXPECT_EQ(gateway->end().status, 0);
}

}  // namespace
}  // namespace kpropgw::testing
