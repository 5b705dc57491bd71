#include "gateway/outbound/row_keeper.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>
#include <vector>

#include "gateway/events/report.hpp"
#include "gateway/net/offload.hpp"

namespace kpropgw::outbound {

namespace asio = boost::asio;

void RowKeeper::change(const std::string& host, std::optional<store::SecondaryRow> row) {
    waiting_.insert_or_assign(host, std::move(row));
    ++given_;
    if (std::exchange(writing_, true)) return;
    asio::co_spawn(loop_, write(), asio::detached);
}

asio::awaitable<void> RowKeeper::write() {
    while (!waiting_.empty()) {
        const Rows rows = std::exchange(waiting_, {});
        const std::uint64_t upto = given_;
        auto written = co_await net::offload(workers_, [&] { return write(rows); });
        // The stored level then says less than the secondary has, which costs a propagation and harms nothing.
        if (!written) events::report(events::levels_not_stored, {}, written.error());
        stored_ = upto;
        written_.notify();
    }
    writing_ = false;
}

Result<void> RowKeeper::write(const Rows& rows) {
    std::vector<store::SecondaryRow> kept;
    for (const auto& [host, row] : rows) {
        if (row) {
            kept.push_back(*row);
        } else if (auto ok = store_.forget_secondary(host); !ok) {
            return ok.error().in(host);
        }
    }
    return store_.save(kept);
}

asio::awaitable<void> RowKeeper::stored() {
    const std::uint64_t upto = given_;
    while (stored_ < upto)
        co_await written_.wait();
}

void RowKeeper::write_the_rest() {
    if (auto ok = write(std::exchange(waiting_, {})); !ok) {
        events::report(events::levels_not_stored, {}, ok.error());
    }
}

}  // namespace kpropgw::outbound
