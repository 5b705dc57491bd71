#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace kpropgw::testing {

/// A server of iprop on MIT's libgssrpc and libkdb5, on 127.0.0.1, independent of our codec, with the key of a keytab
/// file. It dispatches as kadmind does (ipropd_svc.c). One at a time: libgssrpc's state is global.
class GssrpcServer {
public:
    explicit GssrpcServer(const std::string& keytab);
    ~GssrpcServer();
    GssrpcServer(const GssrpcServer&) = delete;
    GssrpcServer& operator=(const GssrpcServer&) = delete;

    std::uint16_t port() const { return port_; }

    /// The names that get_updates answers as deleted, with serials from 1 on; set before a call.
    std::vector<std::string> deletions;

    /// What the last call brought: the caller, its arguments. Read after its answer.
    std::string client;
    std::uint32_t serial = 0;
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;
    std::uint32_t ipropx_version = 0;

private:
    void run();

    std::uint16_t port_ = 0;
    std::atomic<bool> stopped_ = false;
    std::thread thread_;
};

}  // namespace kpropgw::testing
