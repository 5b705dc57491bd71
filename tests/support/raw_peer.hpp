#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/file.hpp"

namespace kpropgw::testing {

/// A peer that speaks whatever bytes a test gives it, on 127.0.0.2.
class RawPeer {
public:
    explicit RawPeer(std::uint16_t port);

    /// What the other end refuses to take is dropped: it may have closed, and that is for read_to_end() to tell.
    void send(std::string_view bytes) const;
    /// What comes until the other end closes. Throws std::runtime_error when it has not by the deadline.
    std::string read_to_end(std::chrono::seconds deadline) const;

private:
    File socket_;
};

/// u32 big-endian length and the bytes: a message of MIT's krb5_write_message.
std::string message(std::string_view bytes);

}  // namespace kpropgw::testing
