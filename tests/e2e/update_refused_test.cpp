// An update that a secondary's kpropd cannot take stops that secondary alone, until an operator skips exactly that one.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

/// kdc1's kpropd, which ends over any update of a principal "stone...": it is run again as a service manager does,
/// until `enough`.
void run_over_the_stone(const Site& site, const std::function<bool()>& enough) {
    const auto home = site.realm.home_of("kdc1").string();
    const std::string kpropd = "KRB5_CONFIG=" + site.realm.home_of("primary").string() +
                               "/krb5.conf KPROPD_TRIPS_OVER=stone LD_PRELOAD=libnss_wrapper.so:" KPROPD_TRIP
                               " timeout --foreground 10 kpropd -d -r KPROPGW.TEST -A gateway.kpropgw.test -P " +
                               site.realm.port_of("kdc1") + " -a " + home + "/kpropd.acl -f " + home +
                               "/from_master -F " + home + "/principal -s " + home + "/keytab";
    for (int run = 0; run < 20 && !enough(); ++run) {
        // Its listening child would go on without it.
        site.realm.attempt({"run", "kdc1", "setsid", "-w", "sh", "-c", kpropd + "; kill -KILL 0"});
    }
}

TEST(UpdateRefused, StopsThatSecondaryAloneAndSkipPassesExactlyThatOne) {
    Site site{{{"kdc1", "Update"}, {"kdc2", "Update"}}};
    site.push();
    site.wait_until_all_have_it();
    site.realm.must({"stop-kpropd", "kdc1"});
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.realm.kadmin({"addprinc", "-pw", "Stone-1", "stone"});
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00002"});
    site.push();
    const auto kdc1 = [&] { return secondary(site.gateway().status(), "kdc1"); };
    run_over_the_stone(site,
                       [&] { return text(kdc1(), "last_error").find("cannot take the update") != std::string::npos; });

    const auto refused = kdc1();
    ASSERT_EQ(text(refused, "state"), "failing") << refused;
    const std::string serial = std::to_string(refused.at("level").get<int>() + 1);
    EXPECT_NE(text(refused, "last_error").find("of serial " + serial + ":"), std::string::npos) << refused;
    site.gateway().wait_until("the other one has all", [](const auto& status) {
        return secondary(status, "kdc2").at("level") == status.at("serial");
    });
    site.expect_equal("kdc2");

    const auto skipped = site.gateway().command({"skip", Realm::host_name("kdc1"), "--serial", serial});
    EXPECT_TRUE(skipped.ok()) << describe({"skip"}, skipped);
    site.realm.must({"start-kpropd", "kdc1"});
    site.wait_until_all_have_it();
    const auto dump = site.realm.dump_of("kdc1", version::r1_11);
    EXPECT_EQ(dump.find("\tstone@"), std::string::npos) << "the one that was skipped";
    site.realm.must({"start-kdc", "kdc1"});
    for (const auto* user : {"user00001", "user00002"})
        EXPECT_TRUE(site.realm.gets_ticket("kdc1", user, "Second-password-2")) << user;

    // The full registry brings that one too.
    EXPECT_TRUE(site.gateway().command({"prop", Realm::host_name("kdc1"), "--wait"}).ok());
}

}  // namespace
}  // namespace kpropgw::testing
