#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <map>
#include <memory>

#include "base/file.hpp"
#include "gateway/net/signal.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::outbound {

/// The registry at one serial in one dump version, in a nameless file that goes with the last who sends from it.
struct RenderedDump {
    File file;
    std::uint64_t size = 0;
    Serial serial;
    Time serial_time{};
    formats::DumpVersion version{};
};

/// Reads one snapshot and writes it as kdb5_util would. Blocks; memory stays flat.
Result<RenderedDump> render(store::Store& store, formats::DumpVersion version);

/// Renders each version once for all who want it at the same serial. Lives on the loop.
class RenderedDumps {
public:
    RenderedDumps(const boost::asio::any_io_executor& loop, store::Store& store, boost::asio::thread_pool& workers)
        : store_(store), workers_(workers), rendered_(loop) {}

    /// A dump of at least `serial`.
    boost::asio::awaitable<Result<std::shared_ptr<const RenderedDump>>> obtain(formats::DumpVersion version,
                                                                               Serial serial);

private:
    struct Slot {
        std::weak_ptr<const RenderedDump> dump;
        bool rendering = false;
    };
    store::Store& store_;
    boost::asio::thread_pool& workers_;
    net::Signal rendered_;
    std::map<formats::DumpVersion, Slot> slots_;
};

}  // namespace kpropgw::outbound
