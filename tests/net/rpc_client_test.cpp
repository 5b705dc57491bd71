// Our client, with MIT's libgssrpc as kadmind uses it, and with our own server.
#include "gateway/net/rpc_client.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "gateway/wire/iprop_changes.hpp"
#include "net/gssrpc_server.hpp"
#include "net/our_server.hpp"
#include "support/inside_realm.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using wire::IpropProcedure;

constexpr auto service = "kiprop/gw.kpropgw.test@KPROPGW.TEST";
constexpr auto caller = "kiprop/kdc1.kpropgw.test@KPROPGW.TEST";

class RpcClientTest : public ::testing::Test {
protected:
    ~RpcClientTest() override { workers_.join(); }

    net::RpcTarget target(std::uint16_t port) const {
        return {"127.0.0.1", port, service, caller, keytab_, wire::iprop_program, wire::iprop_version};
    }

    template <class T>
    T run(boost::asio::awaitable<T> work) {
        loop_.restart();
        auto result = boost::asio::co_spawn(loop_, std::move(work), boost::asio::use_future);
        loop_.run();
        return result.get();
    }
    void close(net::RpcClient& client) {
        loop_.restart();
        boost::asio::co_spawn(loop_, client.close(5s), boost::asio::use_future);
        loop_.run();
    }
    Result<Secret> call(net::RpcClient& client, IpropProcedure procedure, std::string_view arguments = "") {
        return run(client.call(static_cast<std::uint32_t>(procedure), arguments, 20s));
    }

    InsideRealm realm_;
    std::string keytab_ = realm_.add_keytab("kiprop/kdc1.kpropgw.test");
    std::string server_keytab_ = realm_.add_keytab("kiprop/gw.kpropgw.test");
    boost::asio::thread_pool workers_{2};
    boost::asio::io_context loop_;
};

TEST_F(RpcClientTest, HasEveryProcedureOfLibgssrpcAnswered) {
    GssrpcServer server(server_keytab_);
    net::RpcClient client(loop_.get_executor(), workers_, target(server.port()));
    const auto connected = run(client.connect(5s));
    ASSERT_TRUE(connected) << connected.error();
    EXPECT_EQ(client.peers().acceptor, service);
    EXPECT_EQ(call(client, IpropProcedure::null).value().reveal(), "");
    EXPECT_EQ(server.client, caller);

    const auto none = call(client, IpropProcedure::get_updates, wire::iprop_position({10, 20, 30})).value();
    EXPECT_EQ(wire::parse_updates_result(none.reveal()).value().status, wire::IpropStatus::nil);
    EXPECT_EQ(server.serial, 10u);
    EXPECT_EQ(server.microseconds, 30u);

    server.deletions.assign(30000, "somebody@KPROPGW.TEST");
    const auto many = call(client, IpropProcedure::get_updates, wire::iprop_position({})).value();
    const auto updates = wire::parse_updates_result(many.reveal()).value();
    EXPECT_EQ(updates.status, wire::IpropStatus::ok);
    EXPECT_EQ(updates.last, (wire::IpropPosition{30000, 5, 6}));
    EXPECT_EQ(updates.count, 30000u);
    EXPECT_EQ(updates.updates.size(), 30000u * (4 + 24 + 32));

    const auto resync = call(client, IpropProcedure::full_resync).value();
    EXPECT_EQ(wire::parse_resync_result(resync.reveal()).value().last, (wire::IpropPosition{7, 8, 9}));
    const auto extended = call(client, IpropProcedure::full_resync_ext, wire::ipropx_version(1)).value();
    EXPECT_EQ(wire::parse_resync_result(extended.reveal()).value().status, wire::IpropStatus::busy);
    EXPECT_EQ(server.ipropx_version, 1u);

    const auto ours = call(client, IpropProcedure::get_changes, wire::changes_request({}));
    ASSERT_FALSE(ours);
    EXPECT_EQ(ours.error().code(), Errc::not_found);
    EXPECT_EQ(ours.error().text(), "the server does not have it: PROC_UNAVAIL");
    const auto garbage = call(client, IpropProcedure::get_updates);
    ASSERT_FALSE(garbage);
    EXPECT_EQ(garbage.error().code(), Errc::invalid_input);
    EXPECT_TRUE(call(client, IpropProcedure::null)) << "the context is still good";
    close(client);
    EXPECT_FALSE(call(client, IpropProcedure::null));
}

TEST_F(RpcClientTest, TellsAnUnknownProgramFromARefusalAndFromNoConnection) {
    GssrpcServer server(server_keytab_);
    auto other = target(server.port());
    other.program = 100424;
    net::RpcClient lost(loop_.get_executor(), workers_, other);
    ASSERT_TRUE(run(lost.connect(5s)));
    EXPECT_EQ(call(lost, IpropProcedure::null).error().text(), "the server does not have it: PROG_UNAVAIL");
    close(lost);

    realm_.add_keytab("kiprop/other.kpropgw.test");
    other = target(server.port());
    other.service = "kiprop/other.kpropgw.test@KPROPGW.TEST";
    net::RpcClient refused(loop_.get_executor(), workers_, other);
    const auto why = run(refused.connect(5s));
    ASSERT_FALSE(why);
    EXPECT_EQ(why.error().code(), Errc::denied) << why.error();

    other.port = 1;
    net::RpcClient alone(loop_.get_executor(), workers_, other);
    const auto nobody = run(alone.connect(5s));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().text(), "connecting to port 1: Connection refused");
    EXPECT_EQ(nobody.error().code(), Errc::unavailable);
}

TEST_F(RpcClientTest, AndOurServerExchangeChangesAndRefusals) {
    OurServer server(
        server_keytab_,
        [](std::uint32_t procedure, std::string_view arguments, const krb::GssPeers&) -> OurServer::Answer {
            if (static_cast<IpropProcedure>(procedure) != IpropProcedure::get_changes) return wire::AuthStatus::failed;
            const auto request = wire::parse_changes_request(arguments).value();
            wire::ChangesResult result;
            for (std::uint32_t i = 0; i < request.most_bytes; i += 1000)
                result.add({i, Time{}, wire::ChangeOperation::put_policy, std::string(1000, 'p')});
            return std::move(result).finish(wire::IpropStatus::ok, request.last).text;
        });
    net::RpcClient client(loop_.get_executor(), workers_, target(server.port()));
    ASSERT_TRUE(run(client.connect(5s)));
    const auto bytes =
        call(client, IpropProcedure::get_changes, wire::changes_request({{1, 2, 3}, 5000000, 0})).value();
    const auto changes = wire::parse_changes_result(bytes.reveal()).value();
    EXPECT_EQ(changes.changes.size(), 5000u);
    EXPECT_EQ(changes.last, (wire::IpropPosition{1, 2, 3}));
    const auto refused = call(client, IpropProcedure::null);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::denied);
    EXPECT_EQ(refused.error().text(), "the server refuses the call: AUTH_FAILED");
    close(client);
    EXPECT_EQ(server.refusals(), std::vector<std::string>{});
}

TEST_F(RpcClientTest, LearnsFromOurServerWhyItsTicketIsRefused) {
    OurServer server(keytab_, [](auto...) { return wire::AcceptStatus::system_error; });
    net::RpcClient client(loop_.get_executor(), workers_, target(server.port()));
    const auto refused = run(client.connect(5s));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), Errc::denied);
    EXPECT_NE(refused.error().text().find("its host lacks the present key of kiprop/gw"), std::string::npos)
        << refused.error();
}

TEST_F(RpcClientTest, BelievesNoReplyThatWasTamperedWith) {
    const auto error_after = [&](std::function<void(std::string&)> tamper) {
        OurServer server(server_keytab_, [](auto...) { return std::string("results"); });
        server.tamper = std::move(tamper);
        net::RpcClient client(loop_.get_executor(), workers_, target(server.port()));
        EXPECT_TRUE(run(client.connect(5s)));
        const auto result = call(client, IpropProcedure::null);
        return result ? Error(Errc::internal, "believed") : result.error();
    };
    // 20 bytes up to the verifier, whose 28 are followed by the accept status and the body's length.
    EXPECT_EQ(error_after([](std::string&) {}).text(), "believed");
    EXPECT_EQ(error_after([](std::string& reply) { reply[3] = '\x7f'; }).code(), Errc::corrupt) << "xid";
    EXPECT_EQ(error_after([](std::string& reply) { reply[15] = '\0'; }).code(), Errc::denied) << "flavor";
    EXPECT_EQ(error_after([](std::string& reply) { reply[40] = static_cast<char>(reply[40] ^ 1); }).code(),
              Errc::denied)
        << "verifier";
    EXPECT_EQ(error_after([](std::string& reply) { reply[80] = static_cast<char>(reply[80] ^ 1); }).code(),
              Errc::denied)
        << "body";
    EXPECT_EQ(error_after([](std::string& reply) { reply.resize(56); }).code(), Errc::corrupt) << "cut";
    EXPECT_EQ(error_after([](std::string& reply) {
                  reply.resize(52);
                  wire::append_private_body(reply, wire::gss_data(1, "results"));
              }).code(),
              Errc::denied)
        << "in clear";
}

TEST_F(RpcClientTest, DoesNotWaitLongerNorReadMoreThanItIsTold) {
    OurServer server(server_keytab_, [](std::uint32_t procedure, auto...) -> OurServer::Answer {
        if (procedure == 1) return std::string(100000, 'x');
        std::this_thread::sleep_for(1s);
        return "";
    });
    auto little = target(server.port());
    little.most_reply_bytes = 50000;
    net::RpcClient reader(loop_.get_executor(), workers_, little);
    ASSERT_TRUE(run(reader.connect(5s)));
    const auto much = call(reader, IpropProcedure::get_updates);
    ASSERT_FALSE(much);
    EXPECT_NE(much.error().text().find("exceeds"), std::string::npos) << much.error();

    net::RpcClient hasty(loop_.get_executor(), workers_, target(server.port()));
    ASSERT_TRUE(run(hasty.connect(5s)));
    const auto late = run(hasty.call(0, "", 200ms));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code(), Errc::unavailable);
    EXPECT_EQ(late.error().text(), "reading: nothing went through for 0.2 s");
}

}  // namespace
}  // namespace kpropgw::testing
