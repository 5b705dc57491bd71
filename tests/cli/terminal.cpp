#include "tests/cli/terminal.hpp"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace kpropgw::cli {
namespace {

constexpr std::chrono::seconds patience{20};

[[noreturn]] void become(const std::vector<std::string>& command, const std::vector<std::string>& variables) {
    ::setenv("TERM", "xterm", 1);
    ::unsetenv("NO_COLOR");
    for (const std::string& variable : variables) {
        const std::size_t equals = variable.find('=');
        ::setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
    }
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

int count(const std::string& text, const std::string& what) {
    int found = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += what.size())
        ++found;
    return found;
}

}  // namespace

Terminal::Terminal(const std::vector<std::string>& command, const std::vector<std::string>& variables) {
    const winsize size{24, 100, 0, 0};
    pid_ = ::forkpty(&descriptor_, nullptr, nullptr, &size);
    if (pid_ < 0) throw std::runtime_error("forkpty: no terminal");
    if (pid_ == 0) become(command, variables);
}

Terminal::~Terminal() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    ::close(descriptor_);
}

void Terminal::type(const std::string& keys) const {
    if (::write(descriptor_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) {
        throw std::runtime_error("the terminal takes no keys");
    }
}

bool Terminal::read_some(std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd watched{descriptor_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&watched, 1, static_cast<int>(left.count())) <= 0) return false;
    char bytes[4096];
    // EIO: its last process has gone.
    const ssize_t size = ::read(descriptor_, bytes, sizeof bytes);
    if (size <= 0) return false;
    shown_.append(bytes, static_cast<std::size_t>(size));
    return true;
}

const std::string& Terminal::shown_with(const std::string& text, int times) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (count(shown_, text) < times && read_some(deadline)) {
    }
    return shown_;
}

int Terminal::end() {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (read_some(deadline)) {
    }
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == 0) {
        // The terminal closes a moment before its process is one that can be waited for.
        if (std::chrono::steady_clock::now() >= deadline) ::kill(pid_, SIGKILL);
        ::waitpid(pid_, &status, 0);
    }
    pid_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace kpropgw::cli
