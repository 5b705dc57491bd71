#pragma once
#include <cstdint>
#include <limits>
#include <optional>

#include "gateway/core/serial.hpp"

namespace kpropgw::core {

/// How many updates one secondary is sent at once. A batch that brings it no further, time after time, is narrowed down
/// to the one update that it cannot take. kpropd moves its serial with each update that it has applied, so what stops
/// it is the first of a batch, or the batch's size.
class BatchSize {
public:
    static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

    /// Updates that the next batch may have.
    std::uint64_t most() const { return most_; }

    /// The updates above `after` up to `last` are sent in answer to the claim `after`.
    void sent(Serial after, Serial last);

    /// It asks again. `started_over`: its claim is that of a log that was reset, (1, another time), which is what
    /// kpropd leaves behind where it could not apply an update; a full resync follows.
    void claimed(Serial claim, bool started_over);

    /// The update that was sent alone three times in vain. The first progress forgets it.
    std::optional<Serial> refused() const { return refused_; }
    /// An operator has it skipped.
    void skipped();

private:
    struct Batch {
        Serial after;
        Serial last;
    };
    void failed(const Batch& batch);

    std::uint64_t most_ = unlimited;
    std::optional<Batch> batch_;  ///< that was sent and of which nothing was heard yet
    unsigned failures_ = 0;       ///< in a row, of batches of this size
    std::optional<Serial> refused_;
};

}  // namespace kpropgw::core
