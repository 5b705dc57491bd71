#pragma once
#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace kpropgw::cli {

/// A program on a terminal of its own, of 24 lines of 100 columns. What it started goes with it.
class Terminal {
public:
    /// TERM is xterm; `variables` are set besides: "NAME=value".
    explicit Terminal(const std::vector<std::string>& command, const std::vector<std::string>& variables = {});
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void type(const std::string& keys) const;

    /// Everything that was shown so far, when `text` stands in it `times` times, the program has ended, or 20 s are
    /// over.
    const std::string& shown_with(const std::string& text, int times = 1);

    /// Its exit status, or 128 + signal.
    int end();

private:
    /// False at the deadline and at the end.
    bool read_some(std::chrono::steady_clock::time_point deadline);

    pid_t pid_ = -1;
    int descriptor_ = -1;
    std::string shown_;
};

}  // namespace kpropgw::cli
