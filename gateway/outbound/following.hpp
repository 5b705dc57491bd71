#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>

#include "gateway/config/config.hpp"
#include "gateway/core/batch_size.hpp"
#include "gateway/core/resync_budget.hpp"
#include "gateway/net/signal.hpp"
#include "gateway/store/secondary_row.hpp"

namespace kpropgw::outbound {

/// What an Update secondary's kpropd has shown of itself by its questions, and what may yet be sent to it. Part of its
/// Secondary, on the loop.
class Following {
public:
    /// `row` is the Secondary's; `remember` has it stored.
    Following(const boost::asio::any_io_executor& loop, const config::Config& config, store::SecondaryRow& row,
              std::function<void()> remember);

    /// It asks; gives the question's number. One that still waits for its answer gets it at once.
    std::uint64_t ask(Time now);
    bool is_last(std::uint64_t question) const { return question == questions_; }

    /// It has this.
    void confirm(Serial level, Time level_time, Time now);
    /// No dump that it was sent can make it claim what it has not got.
    void no_full_is_open();
    /// It was told to ask for a full registry, and has not yet.
    void told_to_ask_for_full() { should_ask_for_full_ = true; }
    void asked_for_full() { should_ask_for_full_ = false; }
    bool should_ask_for_full() const { return should_ask_for_full_; }
    /// It cannot take that update, and is sent none until an operator says skip or PROP.
    void refuse(Serial serial, Time now);
    /// It does without that update.
    void skip(Serial serial);

    /// The limits of full resyncs are other ones now.
    void limit(const config::Config& config);

    /// Something changed that an answer depends on.
    void notify() {
        ++changes_;
        changed_.notify();
    }
    std::uint64_t changes() const { return changes_; }
    /// Returns at the deadline, or when there are more changes than were `seen`.
    boost::asio::awaitable<void> changed(std::uint64_t seen, std::chrono::steady_clock::time_point deadline);

    core::BatchSize& batch_size() { return batch_size_; }
    core::ResyncBudget& budget() { return budget_; }

private:
    store::SecondaryRow& row_;
    std::function<void()> remember_;
    net::Signal changed_;
    core::BatchSize batch_size_;
    core::ResyncBudget budget_;
    bool should_ask_for_full_ = false;
    std::uint64_t questions_ = 0;
    std::uint64_t changes_ = 0;
};

}  // namespace kpropgw::outbound
