// GSS contexts with tickets of a real KDC.
#include "gateway/krb/gss.hpp"

#include <gtest/gtest.h>

#include "base/file.hpp"
#include "support/inside_realm.hpp"

namespace kpropgw::krb {
namespace {

using namespace std::chrono_literals;

constexpr auto server = "kiprop/gw.kpropgw.test";
constexpr auto server_principal = "kiprop/gw.kpropgw.test@KPROPGW.TEST";
constexpr auto client = "kiprop/kdc1.kpropgw.test";
constexpr auto client_principal = "kiprop/kdc1.kpropgw.test@KPROPGW.TEST";

class Gss : public ::testing::Test {
protected:
    /// Both ends, established.
    void establish() {
        ours_.emplace(GssContext::initiator(client_keytab_, client_principal, server_principal).value());
        theirs_.emplace(GssContext::acceptor(server_keytab_).value());
        const auto first = ours_->step("");
        ASSERT_EQ(first.state, GssStep::State::more_is_needed) << first.error;
        const auto second = theirs_->step(first.token);
        ASSERT_EQ(second.state, GssStep::State::established) << second.error;
        const auto third = ours_->step(second.token);
        ASSERT_EQ(third.state, GssStep::State::established) << third.error;
        EXPECT_EQ(third.token, "");
    }

    kpropgw::testing::InsideRealm realm_;
    std::string server_keytab_ = realm_.add_keytab(server);
    std::string client_keytab_ = realm_.add_keytab(client);
    std::optional<GssContext> ours_;
    std::optional<GssContext> theirs_;
};

TEST_F(Gss, BothEndsKnowEachOtherAndKeepSecrets) {
    establish();
    for (const GssContext* each : {&*ours_, &*theirs_}) {
        EXPECT_EQ(each->peers().initiator, client_principal);
        EXPECT_EQ(each->peers().acceptor, server_principal);
        EXPECT_TRUE(each->peers().is_private);
        EXPECT_TRUE(each->peers().is_integral);
        EXPECT_GT(each->peers().expires, system_clock().now() + 1h);
        EXPECT_LT(each->peers().expires, system_clock().now() + 48h);
    }
    for (const std::size_t size : {0u, 1u, 5000u, 3000000u}) {
        const std::string text(size, 'k');
        const auto wrapped = ours_->wrap(text).value();
        EXPECT_EQ(wrapped.find("kkkkkkkk"), wrapped.npos);
        auto unwrapped = theirs_->unwrap(wrapped).value();
        EXPECT_TRUE(unwrapped.was_encrypted);
        EXPECT_EQ(unwrapped.data.reveal(), text);
        EXPECT_EQ(ours_->unwrap(theirs_->wrap(text).value()).value().data.reveal(), text);
    }
}

TEST_F(Gss, WhatWasChangedIsRefused) {
    establish();
    const std::string mic = theirs_->make_mic("header").value();
    EXPECT_TRUE(ours_->verify_mic("header", mic));
    EXPECT_TRUE(ours_->verify_mic("header", mic)) << "replays are for the sequence window to find";
    EXPECT_FALSE(ours_->verify_mic("Header", mic));
    EXPECT_FALSE(ours_->verify_mic("header", ""));
    EXPECT_FALSE(ours_->verify_mic("header", mic.substr(1)));
    std::string wrapped = theirs_->wrap("secret").value();
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
        // The two bytes of "right rotation count" are not protected as such (RFC 4121 4.2.5).
        if (i == 6 || i == 7) continue;
        std::string changed = wrapped;
        changed[i] = static_cast<char>(changed[i] ^ 0x20);
        const auto refused = ours_->unwrap(changed);
        ASSERT_FALSE(refused) << i;
        EXPECT_EQ(refused.error().code(), Errc::denied);
    }
    EXPECT_EQ(ours_->unwrap(wrapped).value().data.reveal(), "secret");
}

TEST_F(Gss, AnyPrincipalOfTheKeytabMayBeAskedFor) {
    const std::string both = realm_.add_keytab("host/gw.kpropgw.test");
    realm_.realm().kadmin({"ktadd", "-q", "-norandkey", "-k", both, server});
    for (const std::string& name : {std::string(server_principal), std::string("host/gw.kpropgw.test@KPROPGW.TEST")}) {
        auto initiator = GssContext::initiator(client_keytab_, client_principal, name).value();
        auto acceptor = GssContext::acceptor(both).value();
        const auto step = acceptor.step(initiator.step("").token);
        ASSERT_EQ(step.state, GssStep::State::established) << step.error;
        EXPECT_EQ(acceptor.peers().acceptor, name);
    }
}

TEST_F(Gss, AKeyThatTheKeytabLacksIsRefusedWithAdviceAndTheOtherSideIsToldWhy) {
    auto initiator = GssContext::initiator(client_keytab_, client_principal, server_principal).value();
    auto acceptor = GssContext::acceptor(client_keytab_).value();
    const auto refused = acceptor.step(initiator.step("").token);
    EXPECT_EQ(refused.state, GssStep::State::refused);
    EXPECT_EQ(refused.error.code(), Errc::denied);
    EXPECT_NE(refused.error.text().find(client_keytab_ + " lacks the present key"), std::string::npos) << refused.error;
    ASSERT_NE(refused.token, "");
    const auto told = initiator.step(refused.token);
    EXPECT_EQ(told.state, GssStep::State::refused);
    EXPECT_NE(told.error.text().find("its host lacks the present key of kiprop/gw"), std::string::npos) << told.error;
    EXPECT_EQ(initiator.step("").error.code(), Errc::internal);
}

TEST_F(Gss, ReplayedOrMangledTokensAreRefused) {
    auto initiator = GssContext::initiator(client_keytab_, client_principal, server_principal).value();
    const std::string token = initiator.step("").token;
    EXPECT_EQ(GssContext::acceptor(server_keytab_).value().step(token).state, GssStep::State::established);
    const auto replayed = GssContext::acceptor(server_keytab_).value().step(token);
    EXPECT_EQ(replayed.state, GssStep::State::refused);
    EXPECT_NE(replayed.error.text().find("replay"), std::string::npos) << replayed.error;
    for (std::size_t length = 0; length < token.size(); length += 1 + length / 8) {
        EXPECT_EQ(GssContext::acceptor(server_keytab_).value().step(token.substr(0, length)).state,
                  GssStep::State::refused)
            << length;
    }
}

TEST_F(Gss, WhatIsMissingIsSaidBeforeAnythingIsSent) {
    const auto no_keytab = GssContext::acceptor("/nonexistent/keytab");
    ASSERT_FALSE(no_keytab);
    EXPECT_NE(no_keytab.error().text().find("/nonexistent/keytab"), std::string::npos) << no_keytab.error();

    const auto no_key = GssContext::initiator(server_keytab_, client_principal, server_principal);
    ASSERT_FALSE(no_key);
    EXPECT_NE(no_key.error().text().find(client_principal), std::string::npos) << no_key.error();

    auto unknown = GssContext::initiator(client_keytab_, client_principal, "kiprop/nobody@KPROPGW.TEST").value();
    const auto refused = unknown.step("");
    EXPECT_EQ(refused.state, GssStep::State::refused);
    EXPECT_NE(refused.error.text().find("the KDC must know kiprop/nobody@KPROPGW.TEST"), std::string::npos)
        << refused.error;
}

}  // namespace
}  // namespace kpropgw::krb
