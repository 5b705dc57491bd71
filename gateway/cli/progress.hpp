#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kpropgw::cli {

/// "WHAT: 12 MB of 40 MB, 30 %, 4 s left, 7 MB/s". `total` 0: nobody knows; `rate` in bytes a second, 0: not known.
std::string progress_text(std::string_view what, std::uint64_t done, std::uint64_t total, double rate);

/// A line on stderr that shows how far a command is. Only on a terminal and only for work of more than a second; gone
/// when it ends. Not thread safe.
class Progress {
public:
    /// `total` bytes are to come; 0 when nobody knows.
    Progress(std::string what, std::uint64_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// 0 is the end.
    void add(std::uint64_t bytes) {
        if (bytes == 0) clear();
        done_ += bytes;
        if (shown_on_terminal_ && done_ - drawn_at_ >= draw_after) draw();
    }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::uint64_t draw_after = 1u << 20;

    void draw();
    void clear();

    std::string what_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    std::uint64_t drawn_at_ = 0;
    bool shown_on_terminal_;
    bool drawn_ = false;
    Clock::time_point start_ = Clock::now();
    Clock::time_point last_ = start_;
};

}  // namespace kpropgw::cli
