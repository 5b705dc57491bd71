#include "gateway/krb/session.hpp"

#include <gtest/gtest.h>

#include "gateway/krb/acceptor.hpp"
#include "gateway/krb/false_checksum.hpp"
#include "gateway/krb/session_state.hpp"

namespace kpropgw::krb {
namespace {

using namespace std::string_view_literals;

constexpr unsigned char loopback[] = {127, 0, 0, 1};

/// A session as it stands after the AP exchange, with a key that both sides are given.
Session make_session(krb5_enctype enctype) {
    auto context = Context::create().value();
    auto auth = make_auth_context(context).value();
    prepare(context, auth, loopback).value();
    std::size_t bytes = 0;
    std::size_t length = 0;
    EXPECT_EQ(krb5_c_keylengths(context.get(), enctype, &bytes, &length), 0);
    std::string contents(length, 'k');
    krb5_keyblock key{};
    key.enctype = enctype;
    key.length = static_cast<unsigned int>(length);
    key.contents = reinterpret_cast<krb5_octet*>(contents.data());
    EXPECT_EQ(krb5_auth_con_setuseruserkey(context.get(), auth.get(), &key), 0);
    return Session(std::make_unique<SessionState>(std::move(context), std::move(auth)));
}

class SessionTest : public testing::TestWithParam<krb5_enctype> {
protected:
    Session ours_ = make_session(GetParam());
    Session theirs_ = make_session(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Enctypes, SessionTest, testing::Values(16, 17, 18, 19, 20, 23, 26));

TEST_P(SessionTest, SafeMessagesGoThrough) {
    EXPECT_EQ(theirs_.read_safe(ours_.make_safe("\0\0\x14\xcb"sv).value()).value(), "\0\0\x14\xcb"sv);
    EXPECT_EQ(ours_.enctype(), GetParam());
}

TEST_P(SessionTest, PrivateMessagesAreChained) {
    ASSERT_TRUE(ours_.start_chain());
    ASSERT_TRUE(theirs_.start_chain());
    for (const std::size_t size : {32768u, 1u, 200000u, 1000u}) {
        const std::string block(size, 'x');
        EXPECT_EQ(theirs_.read_private(ours_.make_private(block).value()).value().reveal(), block);
    }
}

TEST_P(SessionTest, AChangedMessageIsRefused) {
    std::string safe = ours_.make_safe("1234").value();
    safe[safe.size() - 1] = static_cast<char>(safe[safe.size() - 1] ^ 1);
    EXPECT_FALSE(theirs_.read_safe(safe));
    std::string secret = ours_.make_private("1234").value();
    secret[secret.size() - 1] = static_cast<char>(secret[secret.size() - 1] ^ 1);
    EXPECT_FALSE(theirs_.read_private(secret));
}

TEST_P(SessionTest, ARepeatedMessageIsRefused) {
    const std::string safe = ours_.make_safe("1234").value();
    ASSERT_TRUE(theirs_.read_safe(safe));
    EXPECT_FALSE(theirs_.read_safe(safe));
}

TEST_P(SessionTest, EveryTruncationIsRefused) {
    const std::string safe = ours_.make_safe("1234").value();
    for (std::size_t length = 0; length < safe.size(); ++length)
        EXPECT_FALSE(theirs_.read_safe(safe.substr(0, length)));
    EXPECT_TRUE(theirs_.read_safe(safe));
}

/// What kpropd 1.4 to 1.6 makes of a safe message: checksum type 12 with 20 octets, the first 12 of which are right.
std::string as_falsely_labelled(const std::string& safe) {
    const std::string true_tail = safe.substr(safe.size() - 25);
    EXPECT_EQ(true_tail.substr(0, 4), "\xa3\x17\x30\x15"sv);
    std::string content = safe.substr(4, safe.size() - 25 - 4);
    content += "\xa3\x1f\x30\x1d\xa0\x03\x02\x01\x0c\xa1\x16\x04\x14"sv;
    content += safe.substr(safe.size() - 12) + "12345678";
    const std::string sequence = std::string("\x30") + static_cast<char>(content.size()) + content;
    return std::string("\x74") + static_cast<char>(sequence.size()) + sequence;
}

TEST(FalseChecksum, OfAnAesSessionVerifies) {
    for (const krb5_enctype enctype : {17, 18}) {
        Session ours = make_session(enctype);
        Session theirs = make_session(enctype);
        const std::string false_one = as_falsely_labelled(ours.make_safe("1234").value());
        EXPECT_EQ(theirs.read_safe(false_one).value(), "1234") << enctype;
    }
}

TEST(FalseChecksum, StillHasToVerify) {
    Session ours = make_session(18);
    Session theirs = make_session(18);
    std::string false_one = as_falsely_labelled(ours.make_safe("1234").value());
    false_one[false_one.size() - 12] = static_cast<char>(false_one[false_one.size() - 12] ^ 1);
    EXPECT_FALSE(theirs.read_safe(false_one));
}

TEST(FalseChecksum, NothingElseIsTouched) {
    Session ours = make_session(18);
    const std::string safe = ours.make_safe("1234").value();
    EXPECT_FALSE(mend_false_checksum(safe, 18));
    const std::string false_one = as_falsely_labelled(safe);
    EXPECT_TRUE(mend_false_checksum(false_one, 18));
    EXPECT_FALSE(mend_false_checksum(false_one, 16));
    for (std::size_t length = 0; length < false_one.size(); ++length) {
        EXPECT_FALSE(mend_false_checksum(std::string_view(false_one).substr(0, length), 18)) << length;
    }
}

TEST(ErrorMessage, CarriesItsReason) {
    const std::string message = make_error_message("the dump is empty", {"gw.x.com", "R"}).value();
    EXPECT_EQ(message[0], '\x7e');
    EXPECT_EQ(read_error_message(message).text(), "the dump is empty");
}

/// As kpropd makes it for that code: its text ends in NUL.
std::string peers_error(long code) {
    const auto context = Context::create().value();
    krb5_principal server = nullptr;
    EXPECT_EQ(krb5_parse_name(context.get(), "host/kdc1.x.com@R", &server), 0);
    krb5_error error{};
    error.error = static_cast<krb5_ui_4>(code - ERROR_TABLE_BASE_krb5);
    error.server = server;
    error.text = to_data("as libkrb5 says\0"sv);
    Data out(context.get());
    EXPECT_EQ(krb5_mk_error(context.get(), &error, out.out()), 0);
    krb5_free_principal(context.get(), server);
    return std::string(out.view());
}

TEST(ErrorMessage, OfAClockOrAKeytabSaysWhatToDo) {
    EXPECT_EQ(read_error_message(peers_error(KRB5KRB_AP_ERR_SKEW)).text(),
              "as libkrb5 says; set the clocks of both hosts by NTP");
    for (const long code : {KRB5KRB_AP_ERR_NOKEY, KRB5KRB_AP_ERR_BADKEYVER})
        EXPECT_NE(read_error_message(peers_error(code)).text().find("extract it anew with ktadd"), std::string::npos)
            << code;
    EXPECT_EQ(read_error_message(peers_error(KRB5KRB_AP_ERR_REPEAT)).text(), "as libkrb5 says");
}

TEST(ErrorMessage, OfNonsenseIsSaidToBeSo) {
    EXPECT_NE(read_error_message("\x7e\x01").text().find("an error message that cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace kpropgw::krb
