#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>

#include "gateway/inbound/receiver.hpp"

namespace kpropgw::inbound {

/// What brings the registry's changes in by itself, besides the kprop door that is always open.
class Source {
public:
    virtual ~Source() = default;

    /// Ends when the loop does. Failures are logged and tried again.
    virtual boost::asio::awaitable<void> run() = 0;
    /// Ends what runs on the workers; from the loop.
    virtual void stop() = 0;
};

/// The one that kpropgw.conf names; nullptr for kprop. `door` must outlive it.
std::unique_ptr<Source> make_source(const boost::asio::any_io_executor& loop, const Door& door);

}  // namespace kpropgw::inbound
