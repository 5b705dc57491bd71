// A real krb5kdc is asked what it serves.
#include "gateway/net/kdc_exchange.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fstream>
#include <thread>

#include "support/inside_realm.hpp"

namespace kpropgw::net {
namespace {

using namespace std::chrono_literals;
using krb::Transport;
namespace asio = boost::asio;

class KdcQuestion : public ::testing::Test {
protected:
    const kpropgw::testing::Realm& realm() const { return realm_.realm(); }

    KdcAddress kdc() const {
        unsigned port = 0;
        std::ifstream(realm().home_of("primary") / "kdc_port") >> port;
        return {realm().address_of("primary"), static_cast<std::uint16_t>(port)};
    }

    Result<krb::ServiceKey> ask(const std::string& service, const krb::KdcExchange& exchange) const {
        return krb::ask_kdc({"gw.kpropgw.test", "KPROPGW.TEST"}, keytab_, service + "@KPROPGW.TEST", exchange);
    }
    Result<krb::ServiceKey> ask(const std::string& service) const { return ask(service, exchange_with(kdc())); }

    kpropgw::testing::InsideRealm realm_;
    std::string keytab_ = realm_.add_keytab("host/gw.kpropgw.test");
};

TEST_F(KdcQuestion, IsAnsweredWithTheKeyThatTheDatabaseHasNow) {
    realm().kadmin({"addprinc", "-randkey", "svc"});
    auto key = ask("svc");
    ASSERT_TRUE(key) << key.error();
    EXPECT_TRUE(key->known);
    EXPECT_EQ(key->kvno, 1u);
    EXPECT_EQ(key->enctype, "aes256-cts-hmac-sha1-96");
    EXPECT_EQ(key->transport, Transport::udp);
    realm().kadmin({"cpw", "-randkey", "-e", "aes128-cts:normal", "svc"});
    key = ask("svc");
    ASSERT_TRUE(key) << key.error();
    EXPECT_EQ(key->kvno, 2u);
    EXPECT_EQ(key->enctype, "aes128-cts-hmac-sha1-96");
    realm().kadmin({"delprinc", "-force", "svc"});
    key = ask("svc");
    ASSERT_TRUE(key) << key.error();
    EXPECT_FALSE(key->known);
}

TEST_F(KdcQuestion, NeedsNoPasswordOfAUser) {
    realm().kadmin({"addprinc", "-pw", "a user's own", "+requires_preauth", "user"});
    const auto key = ask("user");
    ASSERT_TRUE(key) << key.error();
    EXPECT_TRUE(key->known);
}

TEST_F(KdcQuestion, NamesMayHoldWhatTheyMay) {
    realm().kadmin({"addprinc", "-randkey", R"(odd\@name\ /x)"});
    const auto key = ask(R"(odd\@name\ /x)");
    ASSERT_TRUE(key) << key.error();
    EXPECT_TRUE(key->known);
}

TEST_F(KdcQuestion, GoesByTcpWhereUdpBringsNothing) {
    int datagrams = 0;
    const auto real = exchange_with(kdc());
    const auto lossy = [&](std::string_view message, Transport transport) -> Result<std::string> {
        if (transport == Transport::tcp) return real(message, transport);
        ++datagrams;
        return Error(Errc::unavailable, "lost");
    };
    const auto key = ask("krbtgt/KPROPGW.TEST", lossy);
    ASSERT_TRUE(key) << key.error();
    EXPECT_EQ(key->kvno, 1u);
    EXPECT_EQ(key->transport, Transport::tcp);
    EXPECT_EQ(datagrams, 1) << "and stays with it";
}

TEST_F(KdcQuestion, SaysWhatToDoAboutAKeyThatTheKdcDoesNotKnow) {
    realm().kadmin({"cpw", "-randkey", "host/gw.kpropgw.test"});
    const auto key = ask("krbtgt/KPROPGW.TEST");
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code(), Errc::denied);
    EXPECT_NE(key.error().text().find("does not know the gateway's key in " + keytab_), std::string::npos)
        << key.error();
}

TEST_F(KdcQuestion, SaysThatNobodyListens) {
    realm().must({"stop"});
    const auto key = ask("krbtgt/KPROPGW.TEST");
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code(), Errc::unavailable);
    EXPECT_NE(key.error().text().find("by TCP: Connection refused; is krb5kdc running there?"), std::string::npos)
        << key.error();
}

TEST(KdcExchange, EndsInTimeWithAKdcThatSaysNothing) {
    asio::io_context loop;
    asio::ip::tcp::acceptor tcp(loop, {asio::ip::address_v4::loopback(), 0});
    asio::ip::udp::socket udp(loop, {asio::ip::address_v4::loopback(), tcp.local_endpoint().port()});
    const auto exchange = exchange_with({"127.0.0.1", tcp.local_endpoint().port()}, {300ms, 300ms});
    for (const Transport transport : {Transport::udp, Transport::tcp}) {
        const auto began = std::chrono::steady_clock::now();
        const auto answer = exchange("hello", transport);
        EXPECT_FALSE(answer);
        EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
    }
    EXPECT_EQ(udp.available(), 5u) << "the first of the datagrams";
}

TEST(KdcExchange, RefusesAnAnswerWithoutEnd) {
    asio::io_context loop;
    asio::ip::tcp::acceptor tcp(loop, {asio::ip::address_v4::loopback(), 0});
    std::thread peer([&] {
        auto socket = tcp.accept();
        asio::write(socket, asio::buffer(std::string("\x7f\xff\xff\xff", 4)));
        char byte = 0;
        boost::system::error_code ignored;
        while (!ignored)
            asio::read(socket, asio::buffer(&byte, 1), ignored);
    });
    const auto answer = exchange_with({"127.0.0.1", tcp.local_endpoint().port()}, {300ms, 5s})("hello", Transport::tcp);
    EXPECT_FALSE(answer);
    peer.join();
}

}  // namespace
}  // namespace kpropgw::net
