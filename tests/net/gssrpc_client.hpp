#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kpropgw::testing {

/// What iprop gives, as libkdb5 decodes it.
struct IpropAnswer {
    struct Deletion {
        std::string name;
        std::uint32_t serial = 0;
    };

    std::string error;  ///< libgssrpc's text; "" when the call was answered
    int status = -1;
    std::uint32_t serial = 0;
    std::uint32_t seconds = 0;
    std::uint32_t microseconds = 0;
    std::vector<Deletion> deletions;
};

/// A client of MIT's libgssrpc and libkdb5, on 127.0.0.1, independent of our codec. Blocks.
class GssrpcClient {
public:
    struct Target {
        std::uint16_t port = 0;
        std::string keytab;   ///< its first principal is who calls
        std::string service;  ///< "" without authentication
        int protection = 3;   ///< RFC 2203's number of the service
        std::uint32_t program = 100423;
        std::uint32_t version = 1;
    };

    explicit GssrpcClient(const Target& target);
    ~GssrpcClient();

    /// Why there is no connection or context; "" when there is.
    const std::string& failure() const { return failure_; }

    /// A call without arguments and results; libgssrpc's text, "" on success.
    std::string call_void(std::uint32_t procedure);
    IpropAnswer updates_since(std::uint32_t serial, std::uint32_t seconds, std::uint32_t microseconds);
    IpropAnswer full_resync();
    IpropAnswer full_resync_ext(std::uint32_t version);
    /// get_updates with no arguments at all: libgssrpc's text.
    std::string updates_without_arguments();

    /// Has the server destroy the context.
    void end();

private:
    struct Connection;

    std::unique_ptr<Connection> connection_;
    std::string failure_;
};

}  // namespace kpropgw::testing
