#include "support/delays.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>

namespace kpropgw::testing {

Delays::Delays() : seed_(std::random_device{}()) {
    if (const char* given = std::getenv("KPROPGW_TEST_SEED")) seed_ = static_cast<unsigned>(std::stoul(given));
    ::testing::Test::RecordProperty("seed", std::to_string(seed_));
    std::printf("KPROPGW_TEST_SEED=%u\n", seed_);
    engine_.seed(seed_);
}

std::chrono::microseconds Delays::up_to(std::chrono::microseconds most) {
    return std::chrono::microseconds{std::uniform_int_distribution<long>{0, most.count()}(engine_)};
}

int rounds_or(int usual) {
    const char* given = std::getenv("KPROPGW_TEST_ROUNDS");
    return given ? std::stoi(given) : usual;
}

}  // namespace kpropgw::testing
