// A frozen secondary is sent nothing, neither dumps nor updates, until it is thawed; the others do not notice.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

void expect_ok(const Site& site, const std::vector<std::string>& words) {
    const auto finished = site.gateway().command(words);
    EXPECT_TRUE(finished.ok()) << describe(words, finished);
}

TEST(Freeze, HoldsDumpsAndUpdatesBackOverARestartUntilThaw) {
    Site site{{{"kdc1"}, {"kdc2", "Update"}, {"kdc3"}, {"kdc4", "Update"}}};
    site.push();
    const auto before = site.wait_until_all_have_it();
    for (const auto* name : {"kdc1", "kdc2"})
        expect_ok(site, {"freeze", Realm::host_name(name), "--reason", "its disk is exchanged"});
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.push();
    const auto others_have_it = [](const auto& status) {
        return secondary(status, "kdc3").at("level") == status.at("serial") &&
               secondary(status, "kdc4").at("level") == status.at("serial");
    };
    site.gateway().wait_until("the others have it", others_have_it);

    const auto order = site.gateway().command({"prop", Realm::host_name("kdc1"), Realm::host_name("kdc2"), "--wait"});
    EXPECT_FALSE(order.ok()) << describe({"prop"}, order);
    EXPECT_NE(order.output.find(Realm::host_name("kdc1") + ": frozen: its disk is exchanged\n"), std::string::npos)
        << order.output;

    site.gateway().stop();
    site.gateway().start();
    site.realm.kadmin({"cpw", "-pw", "Third-password-3", "user00001"});
    site.push();
    const auto status = site.gateway().wait_until("the others have it", others_have_it);
    for (const auto* name : {"kdc1", "kdc2"}) {
        EXPECT_EQ(secondary(status, name).at("level"), secondary(before, name).at("level")) << name;
        EXPECT_EQ(text(secondary(status, name), "state"), "held") << name;
        EXPECT_EQ(text(secondary(status, name), "frozen"), "its disk is exchanged") << name;
    }

    for (const auto* name : {"kdc1", "kdc2"})
        expect_ok(site, {"thaw", Realm::host_name(name)});
    site.wait_until_all_have_it();
    site.expect_all_equal();
    EXPECT_FALSE(site.gateway().command({"thaw", Realm::host_name("kdc1")}).ok()) << "it is not frozen any more";
}

}  // namespace
}  // namespace kpropgw::testing
