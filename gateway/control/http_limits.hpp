#pragma once
#include <chrono>
#include <cstddef>

namespace kpropgw::control {

struct ServerLimits {
    std::chrono::milliseconds deadline{30000};  ///< for each request to arrive and each answer to leave
    std::size_t sessions = 256;                 ///< at once; more are answered 503, and twice as many closed
    std::size_t largest_body = 1 << 20;         ///< bytes of a request's body, whole MiB; 0: none is taken
};

}  // namespace kpropgw::control
