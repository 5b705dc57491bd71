#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/control/status.hpp"

namespace kpropgw::control {

/// How far behind a secondary was at a time.
struct LagSample {
    std::uint32_t time = 0;     ///< seconds since 1970
    std::uint32_t changes = 0;  ///< that it lacked; what does not fit is the greatest number
    std::uint32_t seconds = 0;  ///< since the first of them
    bool operator==(const LagSample&) const = default;
};

/// The samples of a day: each 5 s of the last 10 minutes, each minute of 2 hours, each 10 minutes of 24 hours. A sample
/// stands for its span by the worst of it, so that no peak is thinned out. 4.6 KiB when full.
class LagHistory {
public:
    void add(const LagSample& sample);
    /// Oldest first, the finest that there is of each time.
    std::vector<LagSample> samples() const;

private:
    struct Series {
        std::uint32_t span;  ///< seconds of one sample
        std::size_t most;
        std::deque<LagSample> kept = {};
    };
    std::array<Series, 3> series_{{{5, 120}, {60, 120}, {600, 144}}};
};

/// One try to bring a secondary to a level.
struct Propagation {
    Time time;
    std::string kind;     ///< the dump's version, or "3 updates"
    std::string role;     ///< as status has it
    std::string outcome;  ///< sent, failed
    std::optional<std::uint64_t> bytes;
    std::optional<std::uint64_t> ms;
    std::string error;             ///< in words, or ""
    std::string_view remedy = {};  ///< of its cause, in the catalogue; "" where none is named
};

/// What was seen of every secondary since the gateway started, for the page. In memory, at most 64 MiB of it: of 4,096
/// secondaries, 20 propagations of each, 200 bytes of an error. Lives on one loop.
class History {
public:
    static constexpr std::size_t most_hosts = 4096;
    static constexpr std::size_t most_propagations = 20;  ///< of one host
    static constexpr std::size_t longest_error = 200;

    /// Takes a sample of every secondary, and forgets those that are no more. An Update secondary whose level has risen
    /// without a dump has confirmed updates, which are no event of their own.
    void sample(const Status& status);
    /// Of a host that was never sampled it is left out.
    void propagated(std::string_view host, Propagation propagation);

    /// {"host", "now", "samples": [[TIME, CHANGES, SECONDS], ...], "propagations": [{"time", "kind", "role", "outcome",
    /// "bytes", "ms", "error", "remedy"}, ...]}: samples oldest first, propagations newest first. not_found for a host
    /// that was never sampled.
    Result<std::string> to_json(std::string_view host, Time now) const;

private:
    struct Seen {
        LagHistory lag;
        std::deque<Propagation> propagations;
        std::optional<std::uint64_t> level;  ///< at the last sample
        bool dumped = false;                 ///< since the last sample
    };
    static void keep(Seen& seen, Propagation propagation);
    std::map<std::string, Seen, std::less<>> hosts_;
};

}  // namespace kpropgw::control
