#pragma once
#include <cstdint>
#include <list>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "formats/record.hpp"
#include "gateway/core/serial.hpp"

/// What tells, from outside, how new the registry is that a KDC serves: the kvno in its tickets.
namespace kpropgw::core {

/// A change that shows in the tickets of every KDC that has it.
struct Evidence {
    Serial serial;
    Time time{};                        ///< when it was taken in
    std::string name;                   ///< of the principal
    std::optional<std::uint32_t> kvno;  ///< that its tickets have since; absent: it is gone, and gets none
};

/// The kvno that a KDC's tickets for this service have; absent where a KDC gives none, whatever it has: locked,
/// no service, wants hardware authentication, expired, without keys (MIT kdc_util.c:validate_as_request).
std::optional<std::uint32_t> ticket_kvno(const formats::Principal& service, Time now);

/// What a KDC answered: absent, it gives no ticket.
using SeenKvno = std::optional<std::uint32_t>;

/// The latest changes that show, one a principal, bounded.
class EvidenceLog {
public:
    static constexpr std::size_t most = 256;

    /// In the order of serials; takes the place of what was known of that name.
    void add(Evidence evidence);
    /// Its tickets tell nothing any more.
    void forget(std::string_view name);

    /// The newest first.
    const std::list<Evidence>& newest_first() const { return entries_; }

private:
    std::list<Evidence> entries_;
};

/// What became of asking one KDC for evidence, newest first, until something was proven.
class Proof {
public:
    /// Whether asking for older evidence can still tell something.
    bool wants_more() const { return !proven_ && asked_ < most_questions; }
    void saw(const Evidence& evidence, SeenKvno seen);

    /// The newest serial that the KDC was seen to serve.
    std::optional<Serial> proven() const { return proven_; }
    /// The oldest change that it was seen not to serve, and what it said.
    struct Stale {
        Evidence lacks;
        SeenKvno seen;
    };
    const std::optional<Stale>& stale() const { return stale_; }

    static constexpr int most_questions = 8;

private:
    int asked_ = 0;
    std::optional<Serial> proven_;
    std::optional<Stale> stale_;
};

}  // namespace kpropgw::core
