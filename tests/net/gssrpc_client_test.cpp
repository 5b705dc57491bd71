// MIT's libgssrpc, as kpropd uses it, is served by ours.
#include <gtest/gtest.h>

#include "base/xdr.hpp"
#include "gateway/wire/iprop.hpp"
#include "net/gssrpc_client.hpp"
#include "net/our_server.hpp"
#include "support/inside_realm.hpp"

namespace kpropgw::testing {
namespace {

using wire::AcceptStatus;
using wire::IpropProcedure;
using wire::IpropStatus;

constexpr auto service = "kiprop/gw.kpropgw.test@KPROPGW.TEST";
constexpr auto caller = "kiprop/kdc1.kpropgw.test@KPROPGW.TEST";

/// kdb_incr_update_t of a deletion.
std::string deletion(std::string_view name, std::uint32_t serial) {
    std::string bytes;
    XdrWriter out(bytes);
    out.opaque(name);
    for (const std::uint32_t word : {serial, 1u, 2u, 0u, 1u, 1u, 0u, 0u})
        out.u32(word);
    return bytes;
}

class GssrpcClientOfOurs : public ::testing::Test {
protected:
    OurServer::Answer answer(std::uint32_t procedure, std::string_view arguments, const krb::GssPeers& peers) {
        EXPECT_EQ(peers.initiator, caller);
        EXPECT_EQ(peers.acceptor, service);
        switch (static_cast<IpropProcedure>(procedure)) {
            case IpropProcedure::null:
                return "";
            case IpropProcedure::get_updates: {
                const auto last = wire::parse_iprop_position(arguments);
                if (!last) return AcceptStatus::garbage_arguments;
                last_ = *last;
                wire::UpdatesResult result;
                for (std::uint32_t i = 1; i <= updates_; ++i)
                    result.add(deletion("user" + std::to_string(i), last->serial + i));
                return std::move(result)
                    .finish(updates_ == 0 ? IpropStatus::nil : IpropStatus::ok, {last->serial + updates_, 3, 4})
                    .text;
            }
            case IpropProcedure::full_resync:
                EXPECT_EQ(arguments, "");
                return wire::resync_result({{1, 2, 3}, IpropStatus::busy});
            case IpropProcedure::full_resync_ext:
                return wire::resync_result({{wire::parse_ipropx_version(arguments).value(), 0, 0}, IpropStatus::ok});
            default:
                return AcceptStatus::procedure_unavailable;
        }
    }

    GssrpcClient::Target target() const { return {server_.port(), keytab_, service}; }

    InsideRealm realm_;
    std::string keytab_ = realm_.add_keytab("kiprop/kdc1.kpropgw.test");
    OurServer server_{realm_.add_keytab("kiprop/gw.kpropgw.test"),
                      [this](auto... arguments) { return answer(arguments...); }};
    wire::IpropPosition last_;
    std::uint32_t updates_ = 0;
};

TEST_F(GssrpcClientOfOurs, HasEveryProcedureAnswered) {
    GssrpcClient client(target());
    ASSERT_EQ(client.failure(), "");
    EXPECT_EQ(client.call_void(0), "");

    const auto none = client.updates_since(10, 20, 30);
    EXPECT_EQ(none.error, "");
    EXPECT_EQ(none.status, 4);
    EXPECT_EQ(last_, (wire::IpropPosition{10, 20, 30}));

    updates_ = 3;
    const auto some = client.updates_since(10, 20, 30);
    EXPECT_EQ(some.error, "");
    EXPECT_EQ(some.status, 0);
    EXPECT_EQ(some.serial, 13u);
    EXPECT_EQ(some.seconds, 3u);
    EXPECT_EQ(some.microseconds, 4u);
    ASSERT_EQ(some.deletions.size(), 3u);
    EXPECT_EQ(some.deletions[2].name, "user3");
    EXPECT_EQ(some.deletions[2].serial, 13u);

    const auto resync = client.full_resync();
    EXPECT_EQ(resync.error, "");
    EXPECT_EQ(resync.status, 3);
    EXPECT_EQ(resync.microseconds, 3u);
    EXPECT_EQ(client.full_resync_ext(1).serial, 1u);

    EXPECT_EQ(client.call_void(4), "call: RPC: Procedure unavailable");
    EXPECT_EQ(client.updates_without_arguments(), "call: RPC: Server can't decode arguments");
    EXPECT_EQ(client.call_void(0), "") << "the context is still good";
    client.end();
    EXPECT_EQ(server_.refusals(), std::vector<std::string>{});
}

TEST_F(GssrpcClientOfOurs, TakesAnAnswerOfManyMegabytes) {
    GssrpcClient client(target());
    updates_ = 200000;
    const auto many = client.updates_since(0, 0, 0);
    EXPECT_EQ(many.error, "");
    ASSERT_EQ(many.deletions.size(), updates_);
    EXPECT_EQ(many.deletions.back().name, "user200000");
}

TEST_F(GssrpcClientOfOurs, MayCallThousandsOfTimesAndAuthenticateAgain) {
    GssrpcClient client(target());
    for (int i = 0; i < 2000; ++i)
        ASSERT_EQ(client.call_void(0), "") << i;
    client.end();
    EXPECT_EQ(client.call_void(0), "call: RPC: Authentication error; why = Client credential too weak");
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(GssrpcClient(target()).call_void(0), "");
}

TEST_F(GssrpcClientOfOurs, IsRefusedWithoutPrivacy) {
    for (const int protection : {1, 2}) {
        auto weak = target();
        weak.protection = protection;
        GssrpcClient client(weak);
        ASSERT_EQ(client.failure(), "");
        EXPECT_EQ(client.call_void(0), "call: RPC: Authentication error; why = Client credential too weak");
        EXPECT_EQ(client.updates_since(1, 2, 3).error,
                  "call: RPC: Authentication error; why = Client credential too weak");
        client.end();
    }
    EXPECT_EQ(last_, wire::IpropPosition{});
    ASSERT_GE(server_.refusals().size(), 4u);
    EXPECT_EQ(server_.refusals()[0], "a call without RPCSEC_GSS's service privacy");
}

TEST_F(GssrpcClientOfOurs, WithoutAuthenticationLearnsOnlyWhatIsServed) {
    auto unauthenticated = target();
    unauthenticated.service = "";
    GssrpcClient client(unauthenticated);
    EXPECT_EQ(client.call_void(0), "call: RPC: Authentication error; why = Client credential too weak");
    EXPECT_EQ(client.call_void(1), "call: RPC: Authentication error; why = Client credential too weak");
    unauthenticated.program = 100424;
    EXPECT_EQ(GssrpcClient(unauthenticated).call_void(0), "call: RPC: Program unavailable");
    unauthenticated.program = 100423;
    unauthenticated.version = 2;
    EXPECT_EQ(GssrpcClient(unauthenticated).call_void(0),
              "call: RPC: Program/version mismatch; low version = 1, high version = 1");
}

TEST_F(GssrpcClientOfOurs, OfAnotherProgramOrVersionIsToldSo) {
    auto other = target();
    other.program = 100424;
    EXPECT_EQ(GssrpcClient(other).call_void(0), "call: RPC: Program unavailable");
    other.program = 100423;
    other.version = 2;
    EXPECT_EQ(GssrpcClient(other).call_void(0),
              "call: RPC: Program/version mismatch; low version = 1, high version = 1");
}

TEST_F(GssrpcClientOfOurs, WithATicketForAKeyThatWeLackIsRefusedAndTheReasonLogged) {
    realm_.add_keytab("kiprop/other.kpropgw.test");
    auto other = target();
    other.service = "kiprop/other.kpropgw.test@KPROPGW.TEST";
    EXPECT_NE(GssrpcClient(other).failure(), "");
    ASSERT_EQ(server_.refusals().size(), 1u);
    EXPECT_NE(server_.refusals()[0].find("kiprop/other.kpropgw.test@KPROPGW.TEST not found in keytab"),
              std::string::npos)
        << server_.refusals()[0];
}

}  // namespace
}  // namespace kpropgw::testing
