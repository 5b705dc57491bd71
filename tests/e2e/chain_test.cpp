// A gateway follows another: what the first takes in reaches the secondaries of both, policies and master keys too.
#include <gtest/gtest.h>

#include <fstream>
#include <memory>

#include "base/file.hpp"
#include "support/changes.hpp"
#include "support/dumps.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

class Chain : public ::testing::Test {
protected:
    Chain() {
        realm.must({"add-gateway", "gateway2"});
        realm.must({"add-secondary", "kdc1", "--follow", "gateway"});
        realm.must({"add-secondary", "kdc2", "--follow", "gateway2"});
        realm.must({"add-secondary", "kdc3"});
        std::ofstream(realm.home_of("kdc3") / "kpropd.acl") << "host/gateway2.kpropgw.test@KPROPGW.TEST\n";
        for (const auto* host : {"kdc1", "kdc2", "kdc3"})
            realm.must({"start-kpropd", host});
        first = std::make_unique<Gateway>(realm, std::vector<Secondary>{{"gateway2", "Update"}, {"kdc1", "Update"}});
        first->start();
        const auto port = read_file((realm.home_of("gateway") / "iprop_port").string(), 16).value();
        second = std::make_unique<Gateway>(
            realm, std::vector<Secondary>{{"kdc2", "Update"}, {"kdc3"}},
            Gateway::Settings{{"source", "iprop:gateway.kpropgw.test:" + port.substr(0, port.find('\n'))},
                              {"iprop_poll", "100ms"},
                              {"dns_check", "off"}},
            GatewayHost{"gateway2", "gateway"});
        second->start();
    }

    void expect_equal_everywhere() const {
        const auto newest = first->status().at("serial").get<int>();
        first->wait_until("the first one's followers have it", [&](const auto& status) {
            return secondary(status, "gateway2").at("level") == newest &&
                   secondary(status, "kdc1").at("level") == newest;
        });
        second->wait_until("the second one's secondaries have it", [&](const auto& status) {
            return secondary(status, "kdc2").at("level") == status.at("serial") &&
                   secondary(status, "kdc3").at("level") == status.at("serial");
        });
        const auto expected = realm.dump_of("primary", version::r1_11);
        for (const auto* host : {"kdc1", "kdc2", "kdc3"})
            EXPECT_EQ(difference(expected, realm.dump_of(host, version::r1_11)), "") << host;
    }

    Realm realm;
    std::unique_ptr<Gateway> first;
    std::unique_ptr<Gateway> second;
};

TEST_F(Chain, EveryKindOfChangeReachesTheSecondariesOfBoth) {
    realm.must({"push"});
    expect_equal_everywhere();
    constexpr std::size_t at_once = 4;
    std::size_t made = 0;
    for (const KindOfChange& kind : kinds_of_change()) {
        SCOPED_TRACE("up to " + kind.name);
        make(kind, realm);
        // The primary's own KDC has to be asked between two steps of a rollover, or it misses the new key.
        const bool alone = kind.name.find("master key") != std::string::npos;
        if (++made % at_once != 0 && !alone) continue;
        realm.must({"push"});
        expect_equal_everywhere();
        if (HasFailure()) break;
    }
    EXPECT_EQ(first->logged("event=full-resync-granted secondary=gateway2"), 1)
        << "only the first contact: policies and master keys are changes between gateways";
}

TEST_F(Chain, ARefreshIsAnsweredThoughTheFirstHoldsItsAnswerBack) {
    realm.must({"push"});
    expect_equal_everywhere();
    const auto config = second->configuration().string();
    const int failures = second->logged("event=source-failed");
    for (int i = 0; i < 3; ++i) {
        const auto finished = realm.run_as("gateway2", {"timeout", "10", KPROPGW_BINARY, "refresh", "-c", config});
        EXPECT_TRUE(finished.ok()) << describe({"refresh"}, finished) << second->log();
        EXPECT_NE(finished.output.find(": nothing new, serial "), std::string::npos) << finished.output;
    }
    EXPECT_EQ(second->logged("event=source-failed"), failures) << "a question that is cut short is no failure";
    realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    realm.must({"push"});
    expect_equal_everywhere();
}

}  // namespace
}  // namespace kpropgw::testing
