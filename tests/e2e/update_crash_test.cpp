// kill -9 of the gateway or of a kpropd that follows it, at any moment: no update is lost or doubled.
#include <gtest/gtest.h>
#include <signal.h>

#include <thread>

#include "support/delays.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

/// kpropd leads a group of its own, with its listening child and the kdb5_util that this runs.
void kill_kpropd(const Site& site) {
    const auto pid = std::stoi(site.realm.must({"pid", "kdc1", "kpropd"}));
    ASSERT_EQ(::kill(-pid, SIGKILL), 0);
    site.realm.must({"stop-kpropd", "kdc1"});
    site.realm.must({"start-kpropd", "kdc1"});
}

TEST(UpdateCrash, OfGatewayOrKpropdAtAnyMomentLosesNothing) {
    Site site{{{"kdc1", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    auto serial = site.gateway().status().at("serial").get<int>();
    Delays delays;
    for (int round = 1; round <= rounds_or(10); ++round) {
        site.realm.kadmin({"cpw", "-pw", "Password-number-" + std::to_string(round), "user00001"});
        site.realm.kadmin({"modprinc", "-maxlife", std::to_string(round) + "h", "user00002"});
        site.push();
        std::this_thread::sleep_for(delays.up_to(1500ms));
        if (round % 2 == 0) {
            site.gateway().kill();
            site.gateway().start();
        } else {
            kill_kpropd(site);
        }
        const auto status = site.wait_until_all_have_it();
        serial += 2;
        EXPECT_EQ(status.at("serial"), serial) << "round " << round;
        site.expect_all_equal();
        if (HasFailure()) break;
    }
}

}  // namespace
}  // namespace kpropgw::testing
