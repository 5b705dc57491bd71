#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/control/prop.hpp"
#include "gateway/outbound/secondary.hpp"

namespace kpropgw::daemon {

/// One PROP order while it is carried out, and afterwards for whoever asks how it went. On the loop.
class PropRun {
public:
    PropRun(std::uint64_t number, Serial serial) : number_(number), serial_(serial) {}

    std::uint64_t number() const { return number_; }

    /// Orders it from the secondary, where there is something to send.
    void add(const std::shared_ptr<outbound::Secondary>& secondary, bool full);
    void add_unknown(std::string host);

    control::PropReport report() const;

private:
    struct Ordered {
        control::PropAnswer answer;                      ///< the last one where there is no secondary
        std::shared_ptr<outbound::Secondary> secondary;  ///< nullptr: nothing was ordered
        core::PropGoal goal;
    };
    static control::PropAnswer answer_of(const Ordered& ordered);

    std::uint64_t number_;
    Serial serial_;
    std::vector<Ordered> ordered_;
};

}  // namespace kpropgw::daemon
