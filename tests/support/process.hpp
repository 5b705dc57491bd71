#pragma once
#include <chrono>
#include <string>
#include <vector>

namespace kpropgw::testing {

/// How a program ended and what it said.
struct Finished {
    int status = 0;  ///< exit status, or 128 + signal as a shell has it
    std::string output;
    std::string errors;

    bool ok() const { return status == 0; }
};

/// Runs a program to its end with an empty stdin. Throws std::runtime_error, after killing it and what it started in
/// the foreground, when the deadline passes.
Finished run(const std::vector<std::string>& command, std::chrono::seconds deadline = std::chrono::seconds{120});

/// Everything of a finished program in words, for a failure's message.
std::string describe(const std::vector<std::string>& command, const Finished& finished);

}  // namespace kpropgw::testing
