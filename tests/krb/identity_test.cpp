#include "gateway/krb/identity.hpp"

#include <gtest/gtest.h>

namespace kpropgw::krb {
namespace {

TEST(Enctype, WhatThisLibraryCannotDoIsNamedWithWhatItCan) {
    EXPECT_TRUE(check_enctype(18, "aes256-cts"));
    const auto refused = check_enctype(1, "des-cbc-crc");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().text(),
              "encryption type \"des-cbc-crc\" is not usable by this machine's libkrb5; use "
              "\"aes256-cts-hmac-sha1-96\" in the "
              "third field of kpropd.acl, or leave it out");
}

TEST(Keytab, AMissingOneSaysHowToMakeIt) {
    const auto refused = check_keytab("/nonexistent/kpropd.ktf", {"gw.x.com", "R"});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().text().find("/nonexistent/kpropd.ktf"), std::string::npos);
    EXPECT_NE(refused.error().text().find("ktadd -k /nonexistent/kpropd.ktf host/gw.x.com@R"), std::string::npos);
}

}  // namespace
}  // namespace kpropgw::krb
