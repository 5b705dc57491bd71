#include "support/process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

#include "base/file.hpp"
#include "support/pipe.hpp"

namespace kpropgw::testing {
namespace {

using Clock = std::chrono::steady_clock;

/// Reads what is there; false at the end.
bool drain(int descriptor, std::string& into) {
    std::array<char, 65536> bytes;
    const auto n = ::read(descriptor, bytes.data(), bytes.size());
    if (n <= 0) return false;
    into.append(bytes.data(), static_cast<std::size_t>(n));
    return true;
}

/// Collects both streams until both end; false when the deadline comes first.
bool collect(const File& output, const File& errors, Finished& finished, Clock::time_point deadline) {
    std::array<pollfd, 2> waited{{{output.descriptor(), POLLIN, 0}, {errors.descriptor(), POLLIN, 0}}};
    std::array<std::string*, 2> texts{&finished.output, &finished.errors};
    while (waited[0].fd >= 0 || waited[1].fd >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) return false;
        if (::poll(waited.data(), waited.size(), static_cast<int>(left)) <= 0) continue;
        for (std::size_t i = 0; i < waited.size(); ++i)
            if (waited[i].revents != 0 && !drain(waited[i].fd, *texts[i])) waited[i].fd = -1;
    }
    return true;
}

}  // namespace

Finished run(const std::vector<std::string>& command, std::chrono::seconds deadline) {
    Pipe output;
    Pipe errors;
    const auto pid = spawn(command, -1, output.write_end.descriptor(), errors.write_end.descriptor());
    output.write_end = File{};
    errors.write_end = File{};

    Finished finished;
    const bool in_time = collect(output.read_end, errors.read_end, finished, Clock::now() + deadline);
    if (!in_time) ::kill(-pid, SIGKILL);
    int status = 0;
    ::waitpid(pid, &status, 0);
    finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (!in_time) throw std::runtime_error("not done in time: " + describe(command, finished));
    return finished;
}

std::string describe(const std::vector<std::string>& command, const Finished& finished) {
    std::string text = "\"";
    for (const auto& word : command)
        text += (text.size() > 1 ? " " : "") + word;
    text += "\" ended with " + std::to_string(finished.status);
    if (!finished.output.empty()) text += "\nstdout: " + finished.output;
    if (!finished.errors.empty()) text += "\nstderr: " + finished.errors;
    return text;
}

}  // namespace kpropgw::testing
