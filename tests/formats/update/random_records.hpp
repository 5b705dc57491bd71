#pragma once
#include <random>
#include <string>

#include "formats/record.hpp"
#include "tests/formats/random_dump.hpp"

namespace kpropgw::formats {

/// Two random records of one name, which no other seed gives; the second made of parts of the first and of another one.
class RandomRecords {
public:
    explicit RandomRecords(std::uint32_t seed) : random_(seed), lines_(seed) {
        parse(lines_.principal(), held_line_, held_);
        parse(lines_.principal(), other_line_, other_);
        name_ = "s" + std::to_string(seed) + std::string(held_.name);
        held_.name = other_.name = name_;
        now_ = below(4) == 0 ? other_ : held_;
        if (below(2) == 0) now_.expiration = other_.expiration;
        if (below(2) == 0) now_.attributes = other_.attributes;
        if (below(3) == 0) now_.keys = other_.keys;
        if (below(3) == 0 && !now_.keys.empty()) now_.keys.pop_back();
        if (below(3) == 0) now_.tl = other_.tl;
        if (below(3) == 0) now_.tl.insert(now_.tl.begin(), other_.tl.begin(), other_.tl.end());
        if (below(4) == 0 && !now_.tl.empty()) now_.tl.pop_back();
    }
    RandomRecords(const RandomRecords&) = delete;
    RandomRecords& operator=(const RandomRecords&) = delete;

    const Principal& held() const { return held_; }
    const Principal& now() const { return now_; }
    std::uint32_t below(std::uint32_t limit) { return std::uniform_int_distribution(0u, limit - 1)(random_); }

private:
    static void parse(std::string line, std::string& kept, Principal& into) {
        line.pop_back();
        kept = std::move(line);
        parse_principal(kept, into).value();
    }

    std::mt19937 random_;
    RandomDump lines_;
    std::string name_;
    std::string held_line_;
    std::string other_line_;
    Principal held_;
    Principal other_;
    Principal now_;
};

}  // namespace kpropgw::formats
