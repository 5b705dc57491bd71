#pragma once
#include <random>
#include <string>
#include <vector>

namespace kpropgw::formats {

/// Lines of a version 7 dump that kdb5_util loads and that a person or another program might have written: any white
/// space, hex in either case, numbers that wrap. Names are unique, keys in kdb5_util's order.
class RandomDump {
public:
    explicit RandomDump(std::uint32_t seed) : random_(seed) {}

    std::string principal();
    std::string policy();
    /// The stub of MIT 1.22: no keys, and the target in tl-data 12.
    std::string alias();

private:
    std::uint32_t below(std::uint32_t limit) {
        return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random_);
    }
    template <class T>
    const T& one_of(const std::vector<T>& choices) {
        return choices[below(static_cast<std::uint32_t>(choices.size()))];
    }

    std::string gap();
    std::string wrapping();
    std::string hex(std::uint32_t most_bytes);
    std::string tl();
    std::string key(std::uint32_t kvno);
    std::string name();

    std::mt19937 random_;
    int serial_ = 0;
};

}  // namespace kpropgw::formats
