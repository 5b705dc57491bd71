#include "gateway/net/rpc_records.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>

namespace kpropgw::net {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using asio::ip::tcp;

class RpcRecords : public ::testing::Test {
protected:
    RpcRecords() {
        tcp::acceptor acceptor(loop_, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        peer_.connect(acceptor.local_endpoint());
        stream_.emplace(acceptor.accept());
    }

    void send(const std::string& bytes) { asio::write(peer_, asio::buffer(bytes)); }

    Result<Record> read(std::size_t limit = 1000, std::chrono::milliseconds deadline = 5s) {
        loop_.restart();
        auto record = asio::co_spawn(loop_, read_record(*stream_, limit, deadline), asio::use_future);
        loop_.run();
        return record.get();
    }

    asio::io_context loop_;
    tcp::socket peer_{loop_};
    std::optional<Stream> stream_;
};

TEST_F(RpcRecords, ArePutTogetherOfFragments) {
    send("\0\0\0\3abc\0\0\0\1d\x80\0\0\2ef\x80\0\0\1g"s);
    EXPECT_EQ(read().value().bytes, "abcdef");
    EXPECT_EQ(read().value().bytes, "g");
}

TEST_F(RpcRecords, MayEndInAnEmptyFragmentOnly) {
    send("\0\0\0\1a\x80\0\0\0\0\0\0\0"s);
    EXPECT_EQ(read().value().bytes, "a");
    EXPECT_EQ(read().error().text(), "an RPC fragment without bytes that is not its record's last");
}

TEST_F(RpcRecords, AboveTheLimitAreRefusedWhicheverFragmentItIs) {
    send("\xff\xff\xff\xff"s);
    EXPECT_EQ(read(10).error().text(),
              "an RPC fragment of 2147483647 bytes exceeds what its record may have, which is 10 bytes more");
    send("\0\0\0\6abcdef\x80\0\0\5"s);
    EXPECT_EQ(read(10).error().text(),
              "an RPC fragment of 5 bytes exceeds what its record may have, which is 4 bytes more");
}

TEST_F(RpcRecords, EndCleanlyOnlyBetweenRecords) {
    send("\x80\0\0\1a"s);
    peer_.shutdown(tcp::socket::shutdown_send);
    EXPECT_EQ(read().value().bytes, "a");
    EXPECT_TRUE(read().value().closed);
}

TEST_F(RpcRecords, CutShortSaySo) {
    const std::string whole = "\0\0\0\3abc\x80\0\0\2de"s;
    for (std::size_t length = 1; length < whole.size(); ++length) {
        RpcRecords_CutShortSaySo_Test other;
        other.send(whole.substr(0, length));
        other.peer_.shutdown(tcp::socket::shutdown_send);
        const auto record = other.read();
        ASSERT_FALSE(record) << length;
        EXPECT_EQ(record.error().text(), "reading: the peer closed the connection in the middle of a message");
    }
}

TEST_F(RpcRecords, AreWaitedForUntilTheDeadline) {
    send("\0\0\0\3abc\x80\0"s);
    EXPECT_EQ(read(1000, 50ms).error().text(), "reading: nothing went through for 0.05 s");
}

TEST_F(RpcRecords, AreWrittenAsOneFragment) {
    auto written = asio::co_spawn(loop_, write_record(*stream_, "abc", 5s), asio::use_future);
    loop_.run();
    ASSERT_TRUE(written.get());
    char bytes[7];
    asio::read(peer_, asio::buffer(bytes));
    EXPECT_EQ(std::string(bytes, 7), "\x80\0\0\3abc"s);
}

}  // namespace
}  // namespace kpropgw::net
