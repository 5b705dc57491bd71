// source = ulog:FILE: what an administrator changes on the primary arrives by itself.
#include <gtest/gtest.h>

#include <fstream>

#include "support/changes.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;

/// A gateway on the primary's own host, not started yet.
Site::Options on_the_primary() {
    Site::Options options;
    options.settings = {
        {"source", "ulog:../primary/ulog"}, {"kdb5_util", "../primary/kdb5_util"}, {"prop_interval", "1s"}};
    options.start_gateway = false;
    options.iprop = true;
    return options;
}

/// The gateway's own environment is another host's.
void start(const Site& site) {
    const auto home = site.realm.home_of("primary");
    std::ofstream(home / "kdb5_util") << "#!/bin/sh\nKRB5_CONFIG=" << (home / "krb5.conf").string()
                                      << " KRB5_KDC_PROFILE=" << (home / "kdc.conf").string()
                                      << " exec /usr/sbin/kdb5_util \"$@\"\n";
    std::filesystem::permissions(home / "kdb5_util", std::filesystem::perms::owner_all);
    site.gateway().start();
}

TEST(FollowLog, EveryKindOfChangeArrivesEverywhere) {
    const Site site{{{"kdc1", "Update"}, {"kdc2"}, {"kdc3", "Compat"}}, on_the_primary()};
    start(site);
    site.expect_all_to_become_equal();
    for (const KindOfChange& kind : kinds_of_change()) {
        SCOPED_TRACE(kind.name);
        make(kind, site.realm);
        site.expect_all_to_become_equal();
        ASSERT_FALSE(::testing::Test::HasFailure());
    }
    EXPECT_EQ(site.gateway().log().find("event=source-failed"), std::string::npos);
}

TEST(FollowLog, WhatChangedWhileTheGatewayWasAwayArrives) {
    const Site site{{{"kdc2"}}, on_the_primary()};
    start(site);
    site.expect_all_to_become_equal();
    site.gateway().kill();
    site.realm.kadmin({"modprinc", "-expire", "2040-01-01", "user00001"});
    site.realm.kadmin({"delprinc", "-force", "user00002"});
    site.gateway().start();
    site.expect_all_to_become_equal();
}

TEST(FollowLog, ALogThatBeginsAnewIsFollowedOn) {
    const Site site{{{"kdc2"}}, on_the_primary()};
    start(site);
    site.expect_all_to_become_equal();
    ASSERT_TRUE(site.realm.run_as("primary", {"kproplog", "-R"}).ok());
    site.realm.kadmin({"cpw", "-pw", "Second-password-2", "user00001"});
    site.expect_all_to_become_equal();
    std::filesystem::remove(site.realm.home_of("primary") / "ulog");
    site.realm.kadmin({"cpw", "-pw", "Third-password-3", "user00001"});
    site.expect_all_to_become_equal();
}

TEST(FollowLog, ARefreshWaitsForWhatTheLogLeavesOutToo) {
    const Site site{{{"kdc2"}}, on_the_primary()};
    start(site);
    site.expect_all_to_become_equal();
    for (int day = 1; day <= 3; ++day) {
        site.realm.kadmin({"modprinc", "-expire", "2040-01-0" + std::to_string(day), "user00001"});
        const auto before = site.gateway().status().at("serial");
        const auto finished = site.gateway().command({"refresh"});
        EXPECT_TRUE(finished.ok()) << describe({"refresh"}, finished);
        const auto after = site.gateway().status().at("serial");
        ASSERT_TRUE(site.gateway().command({"prop", "--all", "--wait"}).ok());
        site.expect_all_equal();
        EXPECT_GE(after, before);
        EXPECT_EQ(site.gateway().status().at("serial"), after) << "nothing came after the refresh";
    }
}

}  // namespace
}  // namespace kpropgw::testing
