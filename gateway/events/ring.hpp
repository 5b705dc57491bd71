#pragma once
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "gateway/events/event.hpp"

namespace kpropgw::events {

/// An event that was reported.
struct Occurrence {
    struct Field {
        std::string name;
        std::string value;  ///< in the ring always UTF-8
    };

    std::uint64_t number = 0;  ///< from 1 on, without gaps
    Time time;
    const Event* event = nullptr;
    std::vector<Field> fields;
};

/// The last occurrences, oldest first. Every function may be called on any thread.
class Ring {
public:
    explicit Ring(std::size_t capacity, Time now = system_clock().now()) : capacity_(capacity), started_(now) {}
    Ring(const Ring&) = delete;
    Ring& operator=(const Ring&) = delete;

    /// Numbers it, keeps it in place of the oldest, and calls the observers.
    void add(Occurrence occurrence);

    /// Those with a number above `number`, at most `most`, oldest first. Those that the ring no longer has are left
    /// out.
    std::vector<Occurrence> after(std::uint64_t number, std::size_t most) const;
    /// When the ring was made, from which on it counts.
    Time started() const { return started_; }
    /// The number of the newest; 0 when nothing was reported.
    std::uint64_t last() const;

    /// Ends the calls of an observer when it goes: none is under way or begins after that.
    using Subscription = std::shared_ptr<void>;
    /// `observer` is called after each addition, on the thread that made it. It must neither report, nor subscribe,
    /// nor end a subscription; it should wake someone who then asks. The ring must outlive the subscription.
    [[nodiscard]] Subscription on_addition(std::function<void()> observer);

private:
    const std::size_t capacity_;
    const Time started_;
    mutable std::mutex kept_mutex_;
    std::deque<Occurrence> kept_;
    std::uint64_t last_ = 0;
    std::mutex observers_mutex_;
    std::list<std::function<void()>> observers_;
};

}  // namespace kpropgw::events
