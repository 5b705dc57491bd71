#include "gateway/cli/prop_display.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "gateway/cli/progress.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::cli {
namespace {

/// The rest is counted, so that what is drawn does not scroll out of sight.
constexpr std::size_t most_lines = 10;

/// A line that the terminal would break could not be taken back.
std::size_t terminal_width() {
    winsize size{};
    constexpr std::size_t usual = 80;
    return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1u : usual - 1;
}

}  // namespace

std::string text_of(const control::PropAnswer& answer) {
    return fmt::format("{}: {}{}{}{}", control::printable(answer.host), answer.outcome, answer.text.empty() ? "" : ": ",
                       control::printable(answer.text), answer.tried_again ? "; the gateway tries again" : "");
}

PropDisplay::PropDisplay() : on_terminal_(::isatty(STDERR_FILENO) == 1) {}

PropDisplay::~PropDisplay() {
    clear();
}

void PropDisplay::show(const control::PropReport& report) {
    clear();
    for (const control::PropAnswer& answer : report.answers) {
        if (!answer.is_open() && done_.insert(answer.host).second) fmt::print("{}\n", text_of(answer));
    }
    std::fflush(stdout);
    if (on_terminal_) draw(lines_under_way(report));
}

void PropDisplay::show_all(const control::PropReport& report) {
    clear();
    for (const control::PropAnswer& answer : report.answers) {
        if (done_.insert(answer.host).second) fmt::print("{}\n", text_of(answer));
    }
}

std::vector<std::string> PropDisplay::lines_under_way(const control::PropReport& report) {
    std::vector<std::string> lines;
    std::size_t sending = 0;
    std::size_t queued = 0;
    for (const control::PropAnswer& answer : report.answers) {
        if (answer.outcome == "queued") ++queued;
        if (answer.outcome != "sending") continue;
        std::string line = line_of(answer);
        if (++sending <= most_lines) lines.push_back(std::move(line));
    }
    if (sending > most_lines) lines.push_back(fmt::format("{} more are being sent to", sending - most_lines));
    if (queued > 0) lines.push_back(fmt::format("{} queued", queued));
    return lines;
}

std::string PropDisplay::line_of(const control::PropAnswer& answer) {
    const std::string host = control::printable(answer.host);
    if (answer.total_bytes == 0) return host + ": sending";
    if (answer.sent_bytes >= answer.total_bytes) return host + ": all is sent, its kdb5_util loads it";
    Seen& first = seen_.try_emplace(answer.host, Seen{Clock::now(), answer.sent_bytes}).first->second;
    // Another dump is on its way than the one that was seen.
    if (answer.sent_bytes < first.sent) first = {Clock::now(), answer.sent_bytes};
    const double seconds = std::chrono::duration<double>(Clock::now() - first.at).count();
    const double rate = seconds > 0 ? static_cast<double>(answer.sent_bytes - first.sent) / seconds : 0;
    return progress_text(host, answer.sent_bytes, answer.total_bytes, rate);
}

void PropDisplay::draw(const std::vector<std::string>& lines) {
    const std::size_t width = terminal_width();
    for (const std::string& line : lines)
        fmt::print(stderr, "{}\n", std::string_view(line).substr(0, width));
    std::fflush(stderr);
    drawn_ = lines.size();
}

void PropDisplay::clear() {
    if (drawn_ == 0) return;
    fmt::print(stderr, "\x1b[{}A\x1b[J", drawn_);
    std::fflush(stderr);
    drawn_ = 0;
}

}  // namespace kpropgw::cli
