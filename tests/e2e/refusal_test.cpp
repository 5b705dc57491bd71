// Who may not push is told why, by kprop's own output, and changes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using ::testing::HasSubstr;

/// kprop must fail and print the reason, and status must tell it too.
void expect_refusal(const Site& site, const Finished& pushed, const std::string& reason) {
    EXPECT_FALSE(pushed.ok());
    EXPECT_THAT(pushed.errors, HasSubstr(reason));
    const auto status = site.gateway().status();
    EXPECT_THAT(text(status, "last_refusal"), HasSubstr(reason));
    EXPECT_EQ(status.at("serial"), 0);
    EXPECT_EQ(status.at("principals"), 0);
}

/// 127.0.0.1, from which every pusher comes, belongs to another name from now on.
void rename_the_primarys_address(const Site& site) {
    const auto path = site.realm.directory() / "hosts";
    std::stringstream hosts;
    hosts << std::ifstream{path}.rdbuf();
    std::ofstream{path} << "127.0.0.1 elsewhere.kpropgw.test\n"
                        << std::regex_replace(hosts.str(), std::regex{"127\\.0\\.0\\.1 "}, "127.0.0.99 ");
}

TEST(Refusal, APrincipalThatTheAclDoesNotList) {
    Site site{{}};
    site.realm.must({"add-host", "other"});
    expect_refusal(site, site.try_push({"--as", "other"}), "\"other.kpropgw.test\" is not listed");
    site.push();
}

TEST(Refusal, AServerListedWithAnotherRole) {
    Site site{{{"kdc1"}}};
    expect_refusal(site, site.try_push({"--as", "kdc1"}), "as Replace, not as Primary");
}

TEST(Refusal, AnAddressThatDoesNotResolveBackToThePrimary) {
    Site site{{}, {.start_gateway = false}};
    rename_the_primarys_address(site);
    site.gateway().start();
    expect_refusal(site, site.try_push(), "that address resolves to \"elsewhere.kpropgw.test\"");
}

TEST(Refusal, NotForItsAddressWhenDnsCheckOnlyWarns) {
    Site site{{}, {.settings = {{"dns_check", "warn"}}, .start_gateway = false}};
    rename_the_primarys_address(site);
    site.gateway().start();
    site.push();
    EXPECT_GT(site.gateway().status().at("serial"), 0);
    EXPECT_THAT(site.gateway().log(), HasSubstr("elsewhere.kpropgw.test"));
}

TEST(Refusal, AClockThatIsWrong) {
    Site site{{}, {.start_gateway = false}};
    const auto clock = (site.realm.directory() / "kpropgw-an-hour-ahead").string();
    std::ofstream{clock} << "#!/bin/sh\nFAKETIME_DONT_FAKE_MONOTONIC=1 DONT_FAKE_MONOTONIC=1 exec faketime -m -f +1h '"
                         << KPROPGW_BINARY << "' \"$@\"\n";
    ASSERT_TRUE(run({"chmod", "+x", clock}).ok());
    site.realm.must({"start-gateway", clock, site.gateway().configuration().string()});
    site.gateway().wait_until_it_answers();
    expect_refusal(site, site.try_push(), "Clock skew too great");
}

}  // namespace
}  // namespace kpropgw::testing
