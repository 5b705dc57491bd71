// Many secondaries in one process, each with an RPC connection and principal of its own, kiprop/HOST@REALM:
//     bench-followers hold|visit ADDRESS PORT SERVICE REALM KEYTABS SERIAL SECONDS MICROSECONDS HOST...
// The key of each is in the file KEYTABS/HOST: libkrb5 reads a keytab from its beginning, every time. The numbers are
// the position that all claim at first.
//
// hold: all connect and ask, say "asked COUNT SECONDS" on stdout, and ask anew a second after each answer, as kpropd
// with iprop_replica_poll = 1s. When all have been answered with a serial, "SERIAL COUNT FIRST MEDIAN LAST": when the
// answers had been decrypted, in seconds of the wall clock. Ends with stdin.
//
// visit: connects, asks once and closes, 40 at a time, and says "visited COUNT SECONDS UPDATES".
#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <span>

#include "gateway/net/rpc_client.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using std::chrono::steady_clock;
using wire::IpropStatus;

constexpr auto get_updates = static_cast<std::uint32_t>(wire::IpropProcedure::get_updates);

/// MIT's kadmind ends the oldest of more than 45 connections (net-server.c:max_tcp_or_rpc_data_connections).
constexpr std::size_t at_a_time = 40;

[[noreturn]] void fail(const std::string& host, const std::string& why) {
    std::fprintf(stderr, "bench-followers: %s: %s\n", host.c_str(), why.c_str());
    std::_Exit(1);
}

double seconds_since(steady_clock::time_point then) {
    return std::chrono::duration<double>(steady_clock::now() - then).count();
}

class Followers {
public:
    Followers(net::RpcTarget target, std::string realm, const wire::IpropPosition& claim, std::span<char*> hosts)
        : target_(std::move(target)), realm_(std::move(realm)), claim_(claim), count_(hosts.size()) {
        for (const char* host : hosts)
            waiting_.emplace_back(host);
    }
    ~Followers() { workers_.join(); }

    void hold() {
        for (std::size_t i = 0; i < at_a_time; ++i)
            asio::co_spawn(loop_, connect_and_stay(), asio::detached);
        asio::co_spawn(loop_, until_stdin_ends(), asio::detached);
        loop_.run();
    }

    void visit() {
        for (std::size_t i = 0; i < at_a_time; ++i)
            asio::co_spawn(loop_, connect_and_leave(), asio::detached);
        loop_.run();
        std::printf("visited %zu %.6f %zu\n", count_, seconds_since(began_), updates_);
    }

private:
    struct Follower {
        std::string host;
        net::RpcClient client;
        wire::IpropPosition claim;
    };

    std::unique_ptr<Follower> next() {
        if (waiting_.empty()) return nullptr;
        const std::string host = std::move(waiting_.front());
        waiting_.pop_front();
        net::RpcTarget target = target_;
        target.client = "kiprop/" + host + '@' + realm_;
        target.keytab += '/' + host;
        return std::unique_ptr<Follower>(
            new Follower{host, net::RpcClient(loop_.get_executor(), workers_, std::move(target)), claim_});
    }

    asio::awaitable<std::unique_ptr<Follower>> connect() {
        auto follower = next();
        if (follower) {
            const auto connected = co_await follower->client.connect(60s);
            if (!connected) fail(follower->host, connected.error().text());
        }
        co_return follower;
    }

    asio::awaitable<void> connect_and_stay() {
        while (auto follower = co_await connect()) {
            asio::co_spawn(loop_, follow(std::move(follower)), asio::detached);
            if (++asked_ == count_) say_asked();
        }
    }

    asio::awaitable<void> connect_and_leave() {
        while (auto follower = co_await connect()) {
            updates_ += (co_await ask(*follower)).count;
            co_await follower->client.close(60s);
        }
    }

    asio::awaitable<void> follow(std::unique_ptr<Follower> follower) {
        asio::steady_timer poll(loop_);
        for (;;) {
            const auto answer = co_await ask(*follower);
            if (answer.status == IpropStatus::ok) {
                note(answer.last.serial);
                follower->claim = answer.last;
            }
            poll.expires_after(1s);
            co_await poll.async_wait(asio::use_awaitable);
        }
    }

    /// The answer's updates are gone with its bytes; what counts is that they could be decrypted.
    asio::awaitable<wire::ReceivedUpdates> ask(Follower& follower) {
        const auto results = co_await follower.client.call(get_updates, wire::iprop_position(follower.claim), 120s);
        if (!results) fail(follower.host, results.error().text());
        auto answer = wire::parse_updates_result(results->reveal());
        if (!answer) fail(follower.host, answer.error().text());
        if (answer->status != IpropStatus::ok && answer->status != IpropStatus::nil) {
            fail(follower.host, "the answer is: " + to_text(answer->status));
        }
        answer->updates = {};
        co_return *answer;
    }

    void note(std::uint32_t serial) {
        auto& times = answered_[serial];
        times.push_back(std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count());
        if (times.size() < count_) return;
        std::printf("%u %zu %.6f %.6f %.6f\n", serial, count_, times.front(), times[count_ / 2], times.back());
        std::fflush(stdout);
        answered_.erase(serial);
    }

    void say_asked() const {
        std::printf("asked %zu %.6f\n", count_, seconds_since(began_));
        std::fflush(stdout);
    }

    asio::awaitable<void> until_stdin_ends() {
        asio::posix::stream_descriptor input(loop_, ::dup(STDIN_FILENO));
        co_await input.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
        std::_Exit(0);  // 2,000 contexts need no goodbye
    }

    asio::thread_pool workers_{8};
    asio::io_context loop_;
    net::RpcTarget target_;
    std::string realm_;
    wire::IpropPosition claim_;
    std::size_t count_;
    std::size_t asked_ = 0;
    std::size_t updates_ = 0;
    std::deque<std::string> waiting_;
    std::map<std::uint32_t, std::vector<double>> answered_;
    steady_clock::time_point began_ = steady_clock::now();
};

}  // namespace
}  // namespace kpropgw

int main(int count, char** words) {
    using namespace kpropgw;
    if (count < 11) return 64;
    const auto number = [&](int at) { return static_cast<std::uint32_t>(std::stoul(words[at])); };
    net::RpcTarget target;
    target.host = words[2];
    target.port = static_cast<std::uint16_t>(number(3));
    target.service = std::string(words[4]) + '@' + words[5];
    target.keytab = words[6];
    target.program = wire::iprop_program;
    target.version = wire::iprop_version;
    Followers followers(std::move(target), words[5], {number(7), number(8), number(9)},
                        std::span(words + 10, words + count));
    if (std::string_view(words[1]) == "hold") {
        followers.hold();
    } else {
        followers.visit();
    }
}
