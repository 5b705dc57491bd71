#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "base/secret.hpp"
#include "gateway/net/signal.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::outbound {

/// Which updates are wanted.
struct BatchRequest {
    Serial after;
    Serial last;                      ///< none above it
    std::uint64_t most_updates = 0;   ///< one more where a deletion and its put would be parted
    const std::set<Serial>& skipped;  ///< sent as updates that change nothing
    bool numbers_of_31_bits = false;  ///< records with larger ones travel by a dump only
};

/// What a kpropd's GET_UPDATES is answered with (MIT iprop.x:kdb_incr_result_t), in XDR.
struct UpdateBatch {
    SecretText result;
    Serial last;  ///< of the updates in it
    std::uint32_t count = 0;
    /// The next change cannot travel as an update; with a count of 0 nothing but a full resync helps.
    std::optional<Serial> only_by_dump;
};

/// Makes batches out of the journal, one for all who ask for the same: the newest are kept for who comes later. Lives
/// on the loop.
class UpdateBatches {
public:
    /// `realm`: of the registry. A batch is ended by the first update that takes it above `most_bytes`.
    UpdateBatches(const boost::asio::any_io_executor& loop, store::Store& store, boost::asio::thread_pool& workers,
                  std::string realm, std::uint64_t most_bytes)
        : store_(store), workers_(workers), realm_(std::move(realm)), most_bytes_(most_bytes), made_(loop) {}

    /// not_found where the journal does not reach back to `after`.
    boost::asio::awaitable<Result<std::shared_ptr<const UpdateBatch>>> obtain(BatchRequest request);

private:
    using Shared = std::shared_ptr<const UpdateBatch>;
    struct Slot {
        std::weak_ptr<const UpdateBatch> batch;
        Serial last;  ///< as asked for
        bool making = false;
    };

    boost::asio::awaitable<Result<Shared>> make(const BatchRequest& request);
    Result<UpdateBatch> read(const BatchRequest& request);

    store::Store& store_;
    boost::asio::thread_pool& workers_;
    std::string realm_;
    std::uint64_t most_bytes_;
    net::Signal made_;
    std::map<Serial, Slot> slots_;  ///< by what the batch comes after
    std::deque<Shared> kept_;       ///< the newest last
};

}  // namespace kpropgw::outbound
