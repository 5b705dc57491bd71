#pragma once
#include <cstdint>

namespace kpropgw::wire {

/// Which sequence numbers of a context were seen (RFC 2203 5.3.3.1): the newest and those up to 31 below it.
class SequenceWindow {
public:
    static constexpr std::uint32_t size = 32;

    /// Whether this number is new; it then counts as seen. What was seen, and what is below the window, is to be
    /// discarded without an answer. Ask only for calls whose verifier is right.
    bool take(std::uint32_t sequence);

private:
    std::uint32_t newest_ = 0;
    std::uint32_t seen_ = 0;  ///< bit n: newest_ - n
    bool any_ = false;
};

}  // namespace kpropgw::wire
