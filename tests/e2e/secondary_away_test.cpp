// A secondary that cannot be reached holds up nobody and is caught up when it is back.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

TEST(SecondaryAway, IsCaughtUpWhenItComesBackAndHoldsUpNobody) {
    Site site{{{"kdc1"}, {"kdc2", "Replace", "", "", false}}};
    site.push();
    site.wait_until_all_have_it();
    site.expect_equal("kdc1");
    const auto failing = site.gateway().wait_until("kdc2 has failed", [](const nlohmann::json& status) {
        return !text(secondary(status, "kdc2"), "last_error").empty();
    });
    EXPECT_EQ(secondary(failing, "kdc2").at("behind"), failing.at("serial"));
    EXPECT_NE(text(secondary(failing, "kdc2"), "last_error").find("refused"), std::string::npos);
    EXPECT_EQ(text(secondary(failing, "kdc2"), "state"), "failing");
    EXPECT_NE(text(secondary(failing, "kdc2"), "next_try"), "");

    site.realm.must({"start-kpropd", "kdc2"});
    site.secondaries[1].running = true;
    const auto back = site.wait_until_all_have_it();
    EXPECT_EQ(text(secondary(back, "kdc2"), "state"), "healthy");
    site.expect_all_equal();
}

TEST(SecondaryAway, ThatLeavesAfterAPropagationGetsWhatItMissed) {
    Site site{{{"kdc1"}, {"kdc2", "Compat"}}};
    site.push();
    site.wait_until_all_have_it();
    site.realm.must({"stop-kpropd", "kdc2"});
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    site.realm.kadmin({"delprinc", "-force", "user00002"});
    site.push();
    site.gateway().wait_until("kdc1 has it and kdc2 failed", [](const nlohmann::json& status) {
        return secondary(status, "kdc1").at("behind") == 0 && text(secondary(status, "kdc2"), "state") == "failing";
    });
    site.expect_equal("kdc1");
    site.realm.must({"start-kpropd", "kdc2"});
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

TEST(SecondaryAway, ThatTakesTheConnectionAndSaysNothingIsGivenUpInTime) {
    Site site{{{"kdc1"}, {"kdc2"}}, {.settings = {{"idle_timeout", "2s"}}}};
    const auto kpropd = site.realm.must({"pid", "kdc2", "kpropd"});
    ASSERT_TRUE(run({"kill", "-STOP", kpropd}).ok());
    site.push();
    site.gateway().wait_until("kdc1 has it and kdc2 failed", [](const nlohmann::json& status) {
        return secondary(status, "kdc1").at("behind") == 0 && text(secondary(status, "kdc2"), "state") == "failing";
    });
    ASSERT_TRUE(run({"kill", "-CONT", kpropd}).ok());
    site.wait_until_all_have_it();
    site.expect_all_equal();
}

TEST(SecondaryAway, WhoseAclDoesNotListTheGatewayIsNamedInStatus) {
    Site site{{{"kdc1"}, {"kdc2"}}, {.start_gateway = false}};
    const auto acl = (site.realm.home_of("kdc2") / "kpropd.acl").string();
    ASSERT_TRUE(run({"sh", "-c", "echo host/other.kpropgw.test@KPROPGW.TEST >" + acl}).ok());
    site.gateway().start();
    site.push();
    const auto status = site.gateway().wait_until("kdc1 has it and kdc2 failed", [](const nlohmann::json& now) {
        return secondary(now, "kdc1").at("behind") == 0 && text(secondary(now, "kdc2"), "state") == "failing";
    });
    EXPECT_EQ(text(secondary(status, "kdc2"), "dump_version"), "") << "nothing was learned from a refusal";
    const auto order = site.gateway().command({"prop", Realm::host_name("kdc2"), "--wait"});
    EXPECT_FALSE(order.ok()) << describe({"prop"}, order);
}

TEST(SecondaryAway, PropOrderTellsWhichHostsItDoesNotKnow) {
    Site site{{{"kdc1"}}};
    site.push();
    const auto order = site.gateway().command({"prop", "nobody.kpropgw.test", "--wait"});
    EXPECT_FALSE(order.ok());
    EXPECT_NE((order.output + order.errors).find("nobody.kpropgw.test"), std::string::npos)
        << describe({"prop"}, order);
    const auto display = site.gateway().command({"display", "prop"});
    EXPECT_TRUE(display.ok());
    EXPECT_NE(display.output.find(Realm::host_name("kdc1")), std::string::npos) << display.output;
}

}  // namespace
}  // namespace kpropgw::testing
