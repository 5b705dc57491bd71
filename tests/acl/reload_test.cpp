#include <gtest/gtest.h>

#include "acl/acl.hpp"

namespace kpropgw::acl {
namespace {

constexpr std::string_view gateway = "gw.example.com";

Acl read(std::string_view text) {
    return parse(text, "test.acl").acl.value_or(Acl{});
}

/// "" when `next` may come into force, else why not.
std::string reason(std::string_view old, std::string_view next) {
    const auto result = may_replace(read(old), read(next), gateway);
    if (result) return "";
    EXPECT_EQ(result.error().code(), Errc::conflict);
    return result.error().text();
}

TEST(AclReload, TheSameFileMayComeIntoForce) {
    EXPECT_EQ(reason("kdc1 Primary\nkdc2 Update", "kdc1 Primary\nkdc2 Update"), "");
}

TEST(AclReload, SecondariesMayChangeRolePortAndEnctype) {
    EXPECT_EQ(
        reason("kdc1 Primary\nkdc2 Update\nkdc3 Replace", "kdc1:7754 Primary\nkdc3 Manual aes256-cts\nkdc2 Compat"),
        "");
}

TEST(AclReload, ServersMayComeAndGo) {
    EXPECT_EQ(reason("kdc1 Primary\nkdc2 Update", "kdc4 Primary\nkdc5 Update"), "");
}

TEST(AclReload, ASecondaryMayNotBecomeThePrimary) {
    EXPECT_EQ(reason("kdc1 Primary\nkdc2 Update", "\nKDC2 Primary"),
              "line 2: \"kdc2\" cannot go from Update to Primary while the gateway runs; stop it first");
}

TEST(AclReload, ThePrimaryMayNotBecomeASecondary) {
    EXPECT_EQ(reason("kdc1 Primary\nkdc2 Update", "kdc2 Update\nkdc1 Replace"),
              "line 2: \"kdc1\" cannot go from Primary to Replace while the gateway runs; stop it first");
}

TEST(AclReload, TheGatewayItselfCountsAsASecondaryWhenItIsNotInTheFile) {
    EXPECT_EQ(reason("kdc1 Primary", "kdc1 Primary\ngw.example.com Update"), "");
    EXPECT_EQ(reason("kdc2 Update", "kdc2 Update\nGW.example.com Primary"),
              "line 2: \"gw.example.com\" cannot go from no role to Primary while the gateway runs; stop it first");
    EXPECT_EQ(reason("gw.example.com Primary\nkdc2 Update", "kdc2 Update"),
              "line 1: \"gw.example.com\" cannot go from Primary to no role while the gateway runs; stop it first");
}

}  // namespace
}  // namespace kpropgw::acl
