#include <gtest/gtest.h>

#include "gateway/core/back_off.hpp"
#include "gateway/core/guard.hpp"
#include "gateway/core/push_permission.hpp"
#include "gateway/core/secondary_state.hpp"
#include "gateway/core/version_steps.hpp"

namespace kpropgw::core {
namespace {

using acl::Role;
using formats::DumpVersion;
using namespace std::chrono_literals;

TEST(BackOff, GrowsBySquaresUpToItsLimit) {
    const BackOff limits{1s, 60s};
    EXPECT_EQ(delay_after(1, limits, 1), 1s);
    EXPECT_EQ(delay_after(3, limits, 1), 9s);
    EXPECT_EQ(delay_after(8, limits, 1), 60s);
    EXPECT_EQ(delay_after(4000000000, limits, 1), 60s);
    EXPECT_EQ(delay_after(0, limits, 1), 1s);
}

TEST(BackOff, ChanceTakesUpToHalf) {
    EXPECT_EQ(delay_after(2, {1s, 60s}, 0), 2s);
    EXPECT_EQ(delay_after(2, {1s, 60s}, 0.5), 3s);
}

TEST(VersionSteps, ReplaceStepsDownToFiveAndNeverToFour) {
    const std::vector<DumpVersion> all = {DumpVersion::v7, DumpVersion::v6, DumpVersion::v5};
    EXPECT_EQ(versions_to_offer(Role::replace, {}, {}), all);
    EXPECT_EQ(versions_to_offer(Role::manual, {}, {}), all);
    EXPECT_EQ(versions_to_offer(Role::replace, {}, DumpVersion::v4), all);
}

TEST(VersionSteps, WhatWorkedComesFirst) {
    EXPECT_EQ(versions_to_offer(Role::replace, {}, DumpVersion::v6), (std::vector{DumpVersion::v6, DumpVersion::v5}));
    EXPECT_EQ(versions_to_offer(Role::replace, {}, DumpVersion::v5), (std::vector{DumpVersion::v5}));
}

TEST(VersionSteps, CompatIsFourAndAPinIsAPin) {
    EXPECT_EQ(versions_to_offer(Role::compat, {}, DumpVersion::v7), (std::vector{DumpVersion::v4}));
    EXPECT_EQ(versions_to_offer(Role::replace, DumpVersion::v6, DumpVersion::v5), (std::vector{DumpVersion::v6}));
}

TEST(VersionSteps, UpdateIsIpropxOrWhatOlderReleasesLoadAndNeverATrial) {
    const std::vector<DumpVersion> usual = {DumpVersion::ipropx};
    EXPECT_EQ(versions_to_offer(Role::update, {}, {}), usual);
    EXPECT_EQ(versions_to_offer(Role::update, DumpVersion::v5, DumpVersion::v7), usual);
    EXPECT_EQ(versions_to_offer(Role::update, {}, DumpVersion::ipropx_r18), (std::vector{DumpVersion::ipropx_r18}));
    EXPECT_EQ(versions_to_offer(Role::replace, {}, DumpVersion::ipropx).front(), DumpVersion::v7);
}

acl::Acl sample() {
    acl::Acl acl;
    acl.entries = {{"a.x.com", {}, Role::primary, {}, 1}, {"b.x.com", {}, Role::replace, {}, 2}};
    return acl;
}

TEST(PushPermission, OnlyThePrimaryOfTheFileMayPush) {
    EXPECT_EQ(plan_push(sample(), "host/a.x.com@R", "R").value(), "a.x.com");
    EXPECT_EQ(plan_push(sample(), "host/A.X.com@R", "R").value(), "a.x.com");
    EXPECT_EQ(plan_push(sample(), "host/b.x.com@R", "R").error().text(),
              "\"host/b.x.com@R\" may not push: line 2 of kpropd.acl lists \"b.x.com\" as Replace, not as Primary");
    EXPECT_EQ(plan_push(sample(), "host/c.x.com@R", "R").error().text(),
              "\"host/c.x.com@R\" may not push: \"c.x.com\" is not listed in kpropd.acl");
    EXPECT_EQ(plan_push(sample(), "host/a.x.com@OTHER", "R").error().text(),
              "\"host/a.x.com@OTHER\" may not push: it is not of the realm \"R\"");
}

TEST(PushPermission, OnlyAHostPrincipalMayPush) {
    for (const char* client : {"admin@R", "kiprop/a.x.com@R", "host@R", "a.x.com", "", "@/", "host/a.x.com"}) {
        EXPECT_FALSE(plan_push(sample(), client, "R")) << client;
    }
}

TEST(PushPermission, TheAddressMustBeThePrimarys) {
    EXPECT_TRUE(check_address("a.x.com", "10.0.0.1", {"A.x.com"}));
    EXPECT_EQ(
        check_address("a.x.com", "10.0.0.1", {"b.x.com"}).error().text(),
        "\"a.x.com\" may not push from 10.0.0.1: that address resolves to \"b.x.com\"; mend its DNS, or set dns_check");
    EXPECT_EQ(
        check_address("a.x.com", "10.0.0.1", {}).error().text(),
        "\"a.x.com\" may not push from 10.0.0.1: that address resolves to no name; mend its DNS, or set dns_check");
}

TEST(Guard, WantsTheMasterKeyAndTheTicketGrantingService) {
    Guard guard("R");
    guard.see_principal("K/M@R");
    EXPECT_EQ(guard.finish().error().text(),
              "the dump lacks \"krbtgt/R@R\", without which no KDC can serve; dump the registry anew");
    guard.see_principal("krbtgt/R@R");
    EXPECT_TRUE(guard.finish());
}

TEST(Guard, NamesAnotherRealm) {
    Guard guard("R");
    guard.see_principal("K/M@OTHER");
    EXPECT_EQ(guard.finish().error().text(), "the dump is of another realm: it holds \"K/M@OTHER\", not \"K/M@R\"");
}

TEST(SecondaryState, IsOneWord) {
    EXPECT_EQ(state_of({Serial{}, Serial{}, 0, false}), SecondaryState::needs_full);
    EXPECT_EQ(state_of({Serial{5}, Serial{5}, 0, false}), SecondaryState::healthy);
    EXPECT_EQ(state_of({Serial{5}, Serial{4}, 0, false}), SecondaryState::behind);
    EXPECT_EQ(state_of({Serial{5}, Serial{0}, 0, false}), SecondaryState::needs_full);
    EXPECT_EQ(state_of({Serial{5}, Serial{4}, 0, true}), SecondaryState::held);
    EXPECT_EQ(state_of({Serial{5}, Serial{5}, 0, true}), SecondaryState::healthy);
    EXPECT_EQ(state_of({Serial{5}, Serial{5}, 1, false}), SecondaryState::failing);
    EXPECT_EQ(state_of({Serial{5}, Serial{5}, 0, false, true}), SecondaryState::failing);
    EXPECT_EQ(state_of({Serial{5}, Serial{3}, 0, false, false, Serial{4}}), SecondaryState::needs_full);
    EXPECT_EQ(state_of({Serial{5}, Serial{4}, 0, false, false, Serial{4}}), SecondaryState::behind);
    EXPECT_EQ(state_of({Serial{5}, Serial{5}, 0, false, false, Serial{5}}), SecondaryState::healthy);
    EXPECT_EQ(state_of({Serial{5}, Serial{5}, 0, false, false, {}, true}), SecondaryState::held);
    EXPECT_EQ(state_of({Serial{5}, Serial{4}, 3, false, true, {}, true}), SecondaryState::held);
    EXPECT_EQ(behind({Serial{5}, Serial{3}, 0, false}), 2u);
    EXPECT_EQ(behind({Serial{0}, Serial{3}, 0, false}), 0u);
}

}  // namespace
}  // namespace kpropgw::core
