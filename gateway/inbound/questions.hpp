#pragma once
#include <cstdint>

#include "base/error.hpp"

namespace kpropgw::inbound {

/// What a source had when it was asked.
enum class Found {
    all,         ///< what it has is here now, whether that was news or not
    full_comes,  ///< it was asked for its whole registry, which it pushes to the kprop door
};

/// The questions put to a source, numbered from 1, so that an order can wait for the answer to one that began after
/// it. On the loop.
class Questions {
public:
    /// An order: the number of the next one, which is to begin at once.
    std::uint64_t ask_now() {
        awaited_ = begun_ + 1;
        return awaited_;
    }
    /// One is to begin without delay.
    bool is_wanted() const { return awaited_ > begun_; }
    /// Somebody waits for the answer to the one that is open.
    bool is_awaited() const { return is_open() && awaited_ == begun_; }

    /// Goes on with the one that is open, if any.
    void begin() {
        if (!is_open()) ++begun_;
    }
    void end(Result<Found> answer) {
        if (!is_open()) return;
        ended_ = begun_;
        answer_ = std::move(answer);
    }

    /// That of a later question may stand for it. nullptr: not yet.
    const Result<Found>* answer_to(std::uint64_t question) const { return ended_ >= question ? &answer_ : nullptr; }

private:
    bool is_open() const { return begun_ > ended_; }

    std::uint64_t begun_ = 0;
    std::uint64_t ended_ = 0;
    std::uint64_t awaited_ = 0;
    Result<Found> answer_ = Found::all;
};

}  // namespace kpropgw::inbound
