#include "support/raw_peer.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <stdexcept>

namespace kpropgw::testing {

RawPeer::RawPeer(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    ::inet_pton(AF_INET, "127.0.0.2", &to.sin_addr);
    if (::connect(socket_.descriptor(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        throw std::runtime_error(std::string{"connect: "} + std::strerror(errno));
}

void RawPeer::send(std::string_view bytes) const {
    if (::send(socket_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) return;
}

std::string RawPeer::read_to_end(std::chrono::seconds deadline) const {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + deadline;
    std::string all;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd waited{socket_.descriptor(), POLLIN, 0};
        if (left <= 0 || ::poll(&waited, 1, static_cast<int>(left)) <= 0)
            throw std::runtime_error("the other end did not close in time");
        std::array<char, 4096> bytes;
        const auto n = ::recv(socket_.descriptor(), bytes.data(), bytes.size(), 0);
        if (n <= 0) return all;
        all.append(bytes.data(), static_cast<std::size_t>(n));
    }
}

std::string message(std::string_view bytes) {
    const auto n = static_cast<std::uint32_t>(bytes.size());
    std::string framed{static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8),
                       static_cast<char>(n)};
    return framed.append(bytes);
}

}  // namespace kpropgw::testing
