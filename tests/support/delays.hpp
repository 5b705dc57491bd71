#pragma once
#include <chrono>
#include <random>

namespace kpropgw::testing {

/// Delays that differ in each run; the seed is printed, and KPROPGW_TEST_SEED repeats it.
class Delays {
public:
    Delays();
    std::chrono::microseconds up_to(std::chrono::microseconds most);

private:
    unsigned seed_;
    std::mt19937 engine_;
};

/// How often a test kills something: KPROPGW_TEST_ROUNDS, else `usual`.
int rounds_or(int usual);

}  // namespace kpropgw::testing
