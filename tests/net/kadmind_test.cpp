// Our client, with the installed kadmind; and what kadmind answers whom it does not know, which ours answers too.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <cstring>
#include <fstream>

#include "base/file.hpp"
#include "base/xdr.hpp"
#include "gateway/net/rpc_client.hpp"
#include "gateway/wire/iprop.hpp"
#include "net/gssrpc_client.hpp"
#include "support/inside_realm.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using wire::IpropProcedure;
using wire::IpropStatus;

class Kadmind : public ::testing::Test {
protected:
    Kadmind() {
        const auto home = realm_.realm().home_of("primary");
        port_ = static_cast<std::uint16_t>(std::stoi(read_file(home / "iprop_port", 16).value()));
        std::string conf = read_file(home / "kdc.conf", 1 << 16).value();
        conf.insert(conf.find("        database_name"),
                    "        iprop_enable = true\n        iprop_port = " + std::to_string(port_) +
                        "\n        iprop_logfile = " + (home / "ulog").string() + "\n");
        std::ofstream(home / "kdc.conf") << conf;
        realm_.realm().must({"stop"});
        realm_.realm().must({"start", "--kadmind"});
    }
    ~Kadmind() override { workers_.join(); }

    template <class T>
    T run(boost::asio::awaitable<T> work) {
        loop_.restart();
        auto result = boost::asio::co_spawn(loop_, std::move(work), boost::asio::use_future);
        loop_.run();
        return result.get();
    }
    Result<Secret> call(std::uint32_t procedure, std::string_view arguments = "") {
        return run(client_->call(procedure, arguments, 20s));
    }
    /// The newest entry of the update log, as kproplog has it.
    wire::IpropPosition newest() {
        const std::string log = read_file(realm_.realm().home_of("primary") / "ulog", std::size_t{1} << 26).value();
        // Its header in host byte order: the last time at 20, the last serial at 32 (kdb_log.h).
        wire::IpropPosition position;
        std::memcpy(&position.seconds, log.data() + 20, 4);
        std::memcpy(&position.microseconds, log.data() + 24, 4);
        std::memcpy(&position.serial, log.data() + 32, 4);
        return position;
    }
    wire::ReceivedUpdates updates_since(const wire::IpropPosition& last) {
        answer_ = call(static_cast<std::uint32_t>(IpropProcedure::get_updates), wire::iprop_position(last)).value();
        return wire::parse_updates_result(answer_.reveal()).value();
    }

    InsideRealm realm_;
    std::string keytab_ = realm_.add_keytab("kiprop/kdc1.kpropgw.test");
    std::uint16_t port_ = 0;
    boost::asio::thread_pool workers_{2};
    boost::asio::io_context loop_;
    std::optional<net::RpcClient> client_;
    Secret answer_;
};

TEST_F(Kadmind, IsFollowedByOurClient) {
    client_.emplace(
        loop_.get_executor(), workers_,
        net::RpcTarget{"127.0.0.1", port_, "kiprop/primary.kpropgw.test@KPROPGW.TEST",
                       "kiprop/kdc1.kpropgw.test@KPROPGW.TEST", keytab_, wire::iprop_program, wire::iprop_version});
    const auto connected = run(client_->connect(5s));
    ASSERT_TRUE(connected) << connected.error();
    EXPECT_TRUE(call(0));
    EXPECT_EQ(updates_since({77, 1, 2}).status, IpropStatus::full_resync_needed);

    realm_.realm().kadmin({"addprinc", "-randkey", "first"});
    const auto after_first = newest();
    realm_.realm().kadmin({"addprinc", "-randkey", "second"});
    realm_.realm().kadmin({"delprinc", "-force", "first"});
    const auto received = updates_since(after_first);
    ASSERT_EQ(received.status, IpropStatus::ok);
    EXPECT_EQ(received.count, 2u);
    EXPECT_EQ(received.last.serial, after_first.serial + 2);
    XdrReader first_update(received.updates, "update");
    EXPECT_EQ(first_update.opaque("name", 100), "second@KPROPGW.TEST");
    EXPECT_EQ(updates_since(received.last).status, IpropStatus::nil);

    const auto ours = call(static_cast<std::uint32_t>(IpropProcedure::get_changes));
    ASSERT_FALSE(ours);
    EXPECT_EQ(ours.error().code(), Errc::not_found);
    EXPECT_TRUE(call(0)) << "the connection is still good";
    run([](net::RpcClient& client) -> boost::asio::awaitable<bool> {
        co_await client.close(5s);
        co_return true;
    }(*client_));
}

TEST_F(Kadmind, AnswersTheUnauthenticatedAsOursDoes) {
    GssrpcClient client({port_, "", ""});
    EXPECT_EQ(client.call_void(0), "call: RPC: Authentication error; why = Client credential too weak");
    EXPECT_EQ(client.call_void(1), "call: RPC: Authentication error; why = Client credential too weak");
    EXPECT_EQ(GssrpcClient({port_, "", "", 3, 100424}).call_void(0), "call: RPC: Program unavailable");
    EXPECT_EQ(GssrpcClient({port_, "", "", 3, 100423, 2}).call_void(0),
              "call: RPC: Program/version mismatch; low version = 1, high version = 1");
}

}  // namespace
}  // namespace kpropgw::testing
