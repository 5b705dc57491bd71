#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::metrics {

struct Counted;

/// What the wings count since the gateway started. Every function may be called on any thread; each costs some tens
/// of nanoseconds, those that take an Error a quarter of a microsecond. A role is as kpropd.acl has it: "Replace";
/// others are not counted.
class Metrics {
public:
    using Duration = std::chrono::nanoseconds;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    // Out: dumps.
    void dump_sent(std::string_view role, std::uint64_t bytes);
    void dump_confirmed(std::string_view role, Duration took);
    void dump_failed(std::string_view role, const Error& why);
    void resync_granted();

    // Out: updates.
    void updates_sent(std::uint64_t bytes);
    void updates_confirmed();
    void update_refused();
    void follower_refused(const Error& why);

    /// Something new was confirmed, the newest of which had been taken in so long ago.
    void confirmed_after(std::string_view role, Duration delay);

    // In.
    void push_taken(std::uint64_t bytes, Duration took);
    void push_refused(const Error& why);
    /// The dump that arrived was not let in for what it holds; until the next push is taken.
    void dump_held();
    void changes_taken(std::uint64_t added, std::uint64_t changed, std::uint64_t removed);
    void source_failed(const Error& why);

    /// By the HTTP status of its answer.
    void control_request(unsigned status);

    /// Counts a follower's connection while it lives. `metrics` must outlive it.
    class Follower {
    public:
        explicit Follower(Metrics& metrics);
        ~Follower();
        Follower(const Follower&) = delete;
        Follower& operator=(const Follower&) = delete;

    private:
        Metrics& metrics_;
    };

    /// For the exposition.
    const Counted& counted() const { return *counted_; }

private:
    std::unique_ptr<Counted> counted_;
};

}  // namespace kpropgw::metrics
