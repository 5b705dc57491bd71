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

std::string progress_text(std::string_view what, std::uint64_t done, std::uint64_t total, double rate) {
    std::string line = fmt::format("{}: {:.0f} MB", what, static_cast<double>(done) / megabyte);
    if (total > 0) {
        line += fmt::format(" of {:.0f} MB, {} %", static_cast<double>(total) / megabyte, done * 100 / total);
        const double left = static_cast<double>(total > done ? total - done : 0);
        if (rate > 0) line += fmt::format(", {:.0f} s left", left / rate);
    }
    return rate > 0 ? line + fmt::format(", {:.0f} MB/s", rate / megabyte) : line;
}

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
    fmt::print(stderr, "\r\x1b[K{}", progress_text(what_, done_, total_, static_cast<double>(done_) / seconds));
    std::fflush(stderr);
}

}  // namespace kpropgw::cli
