#pragma once
#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "gateway/control/prop.hpp"

namespace kpropgw::cli {

/// How a PROP order goes on: a line on stdout for each host when it is done, and while it is sent to, where stderr is a
/// terminal, one there that is drawn anew each time and gone at the end. Not thread safe.
class PropDisplay {
public:
    using Clock = std::chrono::steady_clock;

    PropDisplay();
    ~PropDisplay();
    PropDisplay(const PropDisplay&) = delete;
    PropDisplay& operator=(const PropDisplay&) = delete;

    /// What the gateway said last.
    void show(const control::PropReport& report);
    /// Also those hosts that are not done.
    void show_all(const control::PropReport& report);

private:
    /// Where a host's transfer was when it was seen first.
    struct Seen {
        Clock::time_point at;
        std::uint64_t sent = 0;
    };

    std::vector<std::string> lines_under_way(const control::PropReport& report);
    std::string line_of(const control::PropAnswer& answer);
    void draw(const std::vector<std::string>& lines);
    void clear();

    bool on_terminal_;
    std::size_t drawn_ = 0;  ///< lines
    std::set<std::string> done_;
    std::map<std::string, Seen> seen_;
};

/// "kdc2: failed: connection refused; the gateway tries again", without a newline.
std::string text_of(const control::PropAnswer& answer);

}  // namespace kpropgw::cli
