#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "gateway/config/config.hpp"
#include "gateway/krb/identity.hpp"
#include "gateway/outbound/kprop_port.hpp"
#include "gateway/outbound/rendered_dump.hpp"

namespace kpropgw::outbound {

struct Target {
    KpropPort kpropd;
    std::chrono::milliseconds patience{0};  ///< with one that does not listen yet
    std::optional<std::int32_t> session_enctype;
    std::uint64_t min_rate = 0;              ///< bytes a second; a block that takes longer ends the transfer
    std::function<void()> on_all_sent = {};  ///< called on the loop when the last byte went out
};

struct SenderSetup {
    const config::Config& config;
    const krb::Identity& identity;
    boost::asio::thread_pool& workers;
};

/// How sending a dump ended.
enum class Ending {
    confirmed,
    closed_after_all,  ///< the peer took every byte and closed without a word: its load failed. The one sign that the
                       ///< dump version may be the cause
    failed,
};

struct Sent {
    Ending ending = Ending::failed;
    Error error = {};  ///< for `failed`: why, and what to do
};

/// How far a transfer is. All sent: the secondary is loading.
struct Transfer {
    std::uint64_t sent = 0;   ///< bytes of the dump that the system took
    std::uint64_t total = 0;  ///< bytes of the dump
};

/// One kprop conversation with an unmodified kpropd (MIT kprop.c): connect, authenticate, size, chained blocks, and
/// the wait for the confirmation that its kdb5_util load went well. Runs on the loop, where `transfer` may be read
/// meanwhile.
boost::asio::awaitable<Sent> send_dump(const Target& target, const RenderedDump& dump, const SenderSetup& setup,
                                       Transfer& transfer);

}  // namespace kpropgw::outbound
