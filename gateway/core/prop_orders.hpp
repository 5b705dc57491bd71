#pragma once
#include <cstdint>
#include <string>

#include "gateway/core/serial.hpp"

namespace kpropgw::core {

/// What one PROP order asks of a secondary.
struct PropGoal {
    std::uint64_t order = 0;  ///< as PropOrders numbered it
    Serial serial;            ///< the newest when it was given
    bool full = false;        ///< a dump, even where the level is the newest
};

enum class PropStep {
    open,  ///< nobody has begun to send for it
    under_way,
    done,    ///< the secondary has confirmed what was asked for
    failed,  ///< what was tried for it failed, or will not be tried: why() says why
};

/// The PROP orders of one secondary, numbered from 1. A try is for all orders that were given before it began. Pure.
class PropOrders {
public:
    std::uint64_t give(bool full);

    bool any_open() const { return given_ > taken_; }
    /// One of those that are open wants a dump whatever the level is.
    bool full_is_open() const { return full_ > taken_; }

    void try_begins();
    void try_confirmed() { confirmed_ = ended_ = taken_; }
    void try_failed(std::string why);
    /// Nothing will be sent for those that are open. Not between the beginning of a try and its end.
    void drop(std::string why);

    /// `level` is what the secondary has confirmed. A level that was reached in any way is what was asked for, unless
    /// that was a dump.
    PropStep step(const PropGoal& goal, Serial level) const;
    const std::string& why() const { return why_; }

private:
    // Numbers of orders.
    std::uint64_t given_ = 0;
    std::uint64_t full_ = 0;       ///< the last that wanted a dump
    std::uint64_t taken_ = 0;      ///< those up to it are open no more
    std::uint64_t ended_ = 0;      ///< up to it a try has ended
    std::uint64_t confirmed_ = 0;  ///< up to it one has ended well
    std::string why_;
};

}  // namespace kpropgw::core
