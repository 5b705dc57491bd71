#include "gateway/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace kpropgw::cli {
namespace {

constexpr std::chrono::seconds quiet_at_first{1};
constexpr std::chrono::milliseconds between_drawings{200};
constexpr double megabyte = 1e6;

}  // namespace

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)), total_(total), shown_on_terminal_(::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
    clear();
}

void Progress::clear() {
    if (!drawn_) return;
    fmt::print(stderr, "\r\x1b[K");
    drawn_ = false;
}

void Progress::draw() {
    drawn_at_ = done_;
    const auto now = Clock::now();
    if (now - start_ < quiet_at_first || (drawn_ && now - last_ < between_drawings)) return;
    last_ = now;
    drawn_ = true;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double rate = static_cast<double>(done_) / seconds;
    std::string line = fmt::format("{}: {:.0f} MB", what_, static_cast<double>(done_) / megabyte);
    if (total_ > 0) {
        const double left = static_cast<double>(total_ > done_ ? total_ - done_ : 0);
        line += fmt::format(" of {:.0f} MB, {} %, {:.0f} s left", static_cast<double>(total_) / megabyte,
                            done_ * 100 / total_, left / rate);
    }
    fmt::print(stderr, "\r\x1b[K{}, {:.0f} MB/s", line, rate / megabyte);
    std::fflush(stderr);
}

}  // namespace kpropgw::cli
