// What the primary pushes reaches the secondaries, each in its own format, and nothing else does.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

const std::vector<Secondary> replace_and_compat{{"kdc1"}, {"kdc2", "Compat"}};

TEST(Propagation, FirstPushReachesReplaceAndCompatAndManualWaitsForItsOrder) {
    Site site{{{"kdc1"}, {"kdc2", "Compat"}, {"kdc3", "Manual"}}};
    site.push();
    const auto status = site.wait_until_all_have_it();
    site.expect_all_equal("kdc3");
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "r1_11");
    EXPECT_EQ(text(secondary(status, "kdc2"), "dump_version"), "b7");
    EXPECT_EQ(secondary(status, "kdc3").at("level"), 0);
    EXPECT_EQ(text(secondary(status, "kdc3"), "last_success"), "") << "sent without an order";

    const auto answer = site.gateway().command({"prop", Realm::host_name("kdc3"), "--wait"});
    EXPECT_TRUE(answer.ok()) << describe({"prop"}, answer);
    site.expect_all_equal();
}

TEST(Propagation, NewPasswordWorksAtEverySecondaryAndTheOldDoesNot) {
    Site site{replace_and_compat};
    site.push();
    site.wait_until_all_have_it();
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
    for (const auto& each : site.secondaries) {
        site.realm.must({"start-kdc", each.name});
        EXPECT_TRUE(site.realm.gets_ticket(each.name, "user00001", "Second-password-2")) << each.name;
        EXPECT_FALSE(site.realm.gets_ticket(each.name, "user00001", "first-user00001")) << each.name;
        EXPECT_TRUE(site.realm.gets_ticket(each.name, "user00002", "first-user00002")) << each.name;
    }
}

TEST(Propagation, DeletionAndAdditionTravel) {
    Site site{replace_and_compat};
    site.push();
    const auto before = site.wait_until_all_have_it();
    site.realm.kadmin({"delprinc", "-force", "user00007"});
    site.realm.kadmin({"addprinc", "-pw", "A-new-one-1", "-expire", "2040-01-01", "newcomer"});
    site.push();
    const auto after = site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(after.at("principals"), before.at("principals"));
    EXPECT_EQ(after.at("serial"), before.at("serial").get<int>() + 2) << "one serial a change";
    EXPECT_EQ(site.realm.dump_of("kdc1", version::r1_11).find("\tuser00007@"), std::string::npos);
}

TEST(Propagation, PolicyChangesTravel) {
    Site site{replace_and_compat};
    site.push();
    const auto before = site.wait_until_all_have_it();
    site.realm.kadmin({"modpol", "-maxfailure", "9", "-minlength", "11", "lockout"});
    site.realm.kadmin({"addpol", "-maxlife", "30d", "guests"});
    site.push();
    auto after = site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(after.at("policies"), before.at("policies").get<int>() + 1);

    site.realm.kadmin({"delpol", "-force", "guests"});
    site.realm.kadmin({"modprinc", "-policy", "default", "user00002"});
    site.push();
    after = site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(after.at("policies"), before.at("policies"));
}

TEST(Propagation, AnIdenticalDumpSendsNothing) {
    Site site{replace_and_compat};
    const auto dump = (site.realm.directory() / "same").string();
    site.realm.must({"dump", "r1_11", dump});
    site.realm.must({"push", dump});
    const auto before = site.wait_until_all_have_it();

    site.realm.must({"push", dump});
    const auto after = site.gateway().wait_until("the second push is noted", [&](const nlohmann::json& status) {
        return status.at("last_push") != before.at("last_push");
    });
    EXPECT_EQ(after.at("serial"), before.at("serial"));
    std::this_thread::sleep_for(3s);  // three intervals in which something could be sent
    const auto later = site.gateway().status();
    for (const auto& each : site.secondaries)
        EXPECT_EQ(text(secondary(later, each.name), "last_success"),
                  text(secondary(before, each.name), "last_success"));
}

TEST(Propagation, ALoginAloneSendsNothing) {
    Site site{{{"kdc1"}}};
    site.push();
    const auto before = site.wait_until_all_have_it();
    ASSERT_TRUE(site.realm.gets_ticket("primary", "user00003", "first-user00003"));
    site.push();
    EXPECT_EQ(site.gateway().status().at("serial"), before.at("serial"));
}

TEST(Propagation, TwoPushesAtOnceAreBothTaken) {
    Site site{replace_and_compat};
    site.push();
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    auto other = std::async(std::launch::async, [&] { return site.try_push(); });
    const auto one = site.try_push();
    const auto two = other.get();
    EXPECT_TRUE(one.ok()) << describe({"push"}, one);
    EXPECT_TRUE(two.ok()) << describe({"push"}, two);
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

TEST(Propagation, APinnedVersionIsSentAndShown) {
    Site site{{{"kdc1", "Replace", "", "r13"}, {"kdc2", "Replace", "", "r18"}, {"kdc3"}}};
    site.push();
    const auto status = site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_EQ(text(secondary(status, "kdc1"), "dump_version"), "r13");
    EXPECT_EQ(text(secondary(status, "kdc2"), "dump_version"), "r18");
    EXPECT_EQ(text(secondary(status, "kdc3"), "dump_version"), "r1_11");
}

TEST(Propagation, ListensOnIpv6ForIpv4PeersToo) {
    Site site{{{"kdc1"}}, {.start_gateway = false}};
    const Gateway gateway{site.realm, site.secondaries, {{"listen", "[::]:" + std::to_string(site.gateway().port())}}};
    gateway.start();
    site.push();
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

TEST(Propagation, APushInAnOlderVersionKeepsWhatThatVersionCannotSay) {
    Site site{replace_and_compat};
    site.push();
    const auto before = site.wait_until_all_have_it();
    const auto older = (site.realm.directory() / "older").string();
    site.realm.must({"dump", "b7", older});
    site.realm.must({"push", older});
    EXPECT_EQ(site.gateway().status().at("serial"), before.at("serial"));
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.realm.must({"dump", "r13", older});
    site.realm.must({"push", older});
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

}  // namespace
}  // namespace kpropgw::testing
