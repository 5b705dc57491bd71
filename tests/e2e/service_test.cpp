// What systemd is told: a socket of the test in the place of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>

#include <array>
#include <csignal>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "base/file.hpp"
#include "support/raw_peer.hpp"
#include "support/served.hpp"
#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;
using ::testing::HasSubstr;

/// What NOTIFY_SOCKET names.
class NotifySocket {
public:
    explicit NotifySocket(const std::filesystem::path& path)
        : path_(path.string()), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path_.size() >= sizeof address.sun_path) throw std::runtime_error("too long a name: " + path_);
        std::memcpy(address.sun_path, path_.c_str(), path_.size());
        if (::bind(socket_.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot bind " + path_);
    }

    const std::string& path() const { return path_; }

    /// The next message, "" when there is none in that time.
    std::string next(std::chrono::milliseconds patience) const {
        pollfd wanted{socket_.descriptor(), POLLIN, 0};
        if (::poll(&wanted, 1, static_cast<int>(patience.count())) != 1) return "";
        std::array<char, 4096> message;
        const auto size = ::recv(socket_.descriptor(), message.data(), message.size(), 0);
        return {message.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))};
    }

    /// Messages until one holds that; it is the last. Throws std::runtime_error after 30 s.
    std::vector<std::string> until(std::string_view part) const {
        std::vector<std::string> messages;
        const auto deadline = steady_clock::now() + 30s;
        while (steady_clock::now() < deadline) {
            messages.push_back(next(1s));
            if (messages.back().find(part) != std::string::npos) return messages;
        }
        throw std::runtime_error("nobody was told " + std::string(part));
    }

private:
    std::string path_;
    File socket_;
};

class Service : public ::testing::Test {
protected:
    Site site{{{"kdc1"}}, {.start_gateway = false}};
    NotifySocket manager{site.realm.directory() / "notify"};

    Served::Environment environment(const std::string& watchdog = "") const {
        Served::Environment environment{{"NOTIFY_SOCKET", manager.path()}};
        if (!watchdog.empty()) environment["WATCHDOG_USEC"] = watchdog;
        return environment;
    }
};

TEST_F(Service, IsReadyWhenItsDoorsAreOpen) {
    Served gateway(site, environment());
    const auto told = manager.until("READY=1");
    EXPECT_NO_THROW(RawPeer{site.gateway().port()});
    EXPECT_TRUE(site.gateway().command({"status"}).ok());
    gateway.signal(SIGTERM);
    EXPECT_THAT(manager.until("STOPPING=1").back(), HasSubstr("EXTEND_TIMEOUT_USEC=12000000"));
    EXPECT_EQ(gateway.end().status, 0);
}

TEST_F(Service, IsNotReadyWhenADoorCannotBeOpened) {
    site.gateway().start();
    std::ifstream in{site.gateway().configuration()};
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    // Its own store and orders, but the port of the first.
    for (const std::string value : {"lmdb:store", "control.sock"})
        text.replace(text.find(value), value.size(), value + "2");
    std::ofstream{site.gateway().configuration()} << text;
    Served second(site, environment());
    EXPECT_EQ(second.end().status, EX_UNAVAILABLE) << second.end().errors;
    EXPECT_EQ(manager.next(0ms), "");
}

TEST_F(Service, TellsHowThePropagationStands) {
    Served gateway(site, environment());
    manager.until("STATUS=no registry yet, 1 secondaries");
    site.push();
    const auto serial = std::to_string(site.wait_until_all_have_it().at("serial").get<std::uint64_t>());
    manager.until("STATUS=serial " + serial + ", 1 of 1 secondaries healthy");
}

TEST_F(Service, TellsThatItReloads) {
    Served gateway(site, environment());
    manager.until("READY=1");
    gateway.signal(SIGHUP);
    EXPECT_THAT(manager.until("RELOADING=1").back(), HasSubstr("MONOTONIC_USEC="));
    manager.until("READY=1");
}

TEST_F(Service, SaysThatItIsAliveWhileItsLoopTurns) {
    Served gateway(site, environment("1000000"));
    manager.until("READY=1");
    for (int times = 0; times < 4; ++times) {
        const auto before = steady_clock::now();
        manager.until("WATCHDOG=1");
        EXPECT_LT(steady_clock::now() - before, 1s);
    }
    gateway.signal(SIGSTOP);
    while (!manager.next(200ms).empty()) {
    }
    EXPECT_EQ(manager.next(2s), "");
    gateway.signal(SIGCONT);
    manager.until("WATCHDOG=1");
}

TEST_F(Service, WithoutAWatchdogSaysNothingOfTheKind) {
    Served gateway(site, environment());
    manager.until("READY=1");
    const auto until = steady_clock::now() + 2s;
    while (steady_clock::now() < until)
        EXPECT_EQ(manager.next(200ms).find("WATCHDOG"), std::string::npos);
}

}  // namespace
}  // namespace kpropgw::testing
