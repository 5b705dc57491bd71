#pragma once
#include <chrono>
#include <string>

namespace kpropgw {

/// Wall-clock time as the journal, iprop and people see it.
using Time = std::chrono::sys_time<std::chrono::microseconds>;

/// Where the time comes from; a test gives its own.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

/// The machine's clock; lives as long as the program.
const Clock& system_clock();

/// `2026-11-21T08:52:02Z`
std::string to_text(Time time);

}  // namespace kpropgw
