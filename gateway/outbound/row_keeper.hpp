#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <map>
#include <optional>
#include <string>

#include "gateway/net/signal.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::outbound {

/// Stores what is known of the secondaries. Rows that change while others are being written are written together, so
/// that thousands of secondaries confirm at the price of a few commits. Lives on the loop.
class RowKeeper {
public:
    RowKeeper(const boost::asio::any_io_executor& loop, store::Store& store, boost::asio::thread_pool& workers)
        : store_(store), workers_(workers), loop_(loop), written_(loop) {}

    /// Soon; a later row of the same host takes its place.
    void keep(const store::SecondaryRow& row) { change(row.host, row); }
    void forget(const std::string& host) { change(host, std::nullopt); }

    /// Returns when all that was given up to now is stored, or could not be, which the log says.
    boost::asio::awaitable<void> stored();

    /// When the loop has ended.
    void write_the_rest();

private:
    using Rows = std::map<std::string, std::optional<store::SecondaryRow>>;

    void change(const std::string& host, std::optional<store::SecondaryRow> row);
    boost::asio::awaitable<void> write();
    Result<void> write(const Rows& rows);

    store::Store& store_;
    boost::asio::thread_pool& workers_;
    boost::asio::any_io_executor loop_;
    net::Signal written_;
    Rows waiting_;
    std::uint64_t given_ = 0;  ///< changes so far
    std::uint64_t stored_ = 0;
    bool writing_ = false;
};

}  // namespace kpropgw::outbound
