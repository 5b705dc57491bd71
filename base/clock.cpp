#include "base/clock.hpp"

#include <fmt/chrono.h>

namespace kpropgw {
namespace {

class SystemClock : public Clock {
    Time now() const override {
        return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

std::string to_text(Time time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", std::chrono::time_point_cast<std::chrono::seconds>(time));
}

}  // namespace kpropgw
