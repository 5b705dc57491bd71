#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kpropgw::cli {

/// A DNS server of its own on a port of 127.0.0.1, gone with this object.
class Dnsmasq {
public:
    /// `records` are options of dnsmasq(8). Returns when it answers; throws std::runtime_error when it does not.
    explicit Dnsmasq(const std::vector<std::string>& records);
    ~Dnsmasq();
    Dnsmasq(const Dnsmasq&) = delete;
    Dnsmasq& operator=(const Dnsmasq&) = delete;

    /// For --server.
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    std::uint16_t port_;
    pid_t pid_ = -1;
};

/// A UDP port of 127.0.0.1 that takes questions and never answers.
class SilentServer {
public:
    SilentServer();
    ~SilentServer();
    SilentServer(const SilentServer&) = delete;
    SilentServer& operator=(const SilentServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    int socket_;
    std::uint16_t port_ = 0;
};

}  // namespace kpropgw::cli
