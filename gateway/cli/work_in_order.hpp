#pragma once
#include <cstddef>
#include <deque>
#include <future>
#include <utility>

#include "gateway/cli/workers.hpp"

namespace kpropgw::cli {

/// Work for a few threads, the outcomes of which are taken in the order in which it was given. Not thread safe.
template <class Outcome>
class WorkInOrder {
public:
    /// At most `most` pieces of work are given and not taken.
    WorkInOrder(unsigned threads, std::size_t most) : most_(most), workers_(threads) {}

    bool is_full() const { return under_way_.size() == most_; }
    bool is_empty() const { return under_way_.empty(); }

    /// `work` gives an Outcome.
    template <class Work>
    void give(Work work) {
        under_way_.push_back(workers_.give(std::move(work)));
    }

    /// The first outcome, as soon as it is there.
    Outcome take() {
        Outcome first = under_way_.front().get();
        under_way_.pop_front();
        return first;
    }

private:
    const std::size_t most_;
    std::deque<std::future<Outcome>> under_way_;
    Workers workers_;
};

}  // namespace kpropgw::cli
