#include "gateway/inbound/kdb5_util.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <memory>

#include "gateway/events/catalogue.hpp"

#include "formats/dump/header.hpp"

namespace kpropgw::inbound {
namespace {

/// kdb5_util reads the whole database and compiles every pattern anew for every record. Of 200,000 principals it
/// took 1.0 s for one pattern and 6.5 s for a dump of all.
constexpr std::size_t most_patterns = 6;

struct SpawnActions {
    SpawnActions() { ::posix_spawn_file_actions_init(&actions); }
    ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;

    posix_spawn_file_actions_t actions;
};

/// Without what else this process has open. Its signals are as for a program that a shell starts.
Result<pid_t> spawn(const std::vector<std::string>& command, const File& output, const File& errors) {
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    SpawnActions spawning;
    ::posix_spawn_file_actions_addopen(&spawning.actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&spawning.actions, output.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&spawning.actions, errors.descriptor(), STDERR_FILENO);
    ::posix_spawn_file_actions_addclosefrom_np(&spawning.actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t child = -1;
    const int code =
        ::posix_spawn(&child, command[0].c_str(), &spawning.actions, &attributes, arguments.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    if (code != 0) return system_error(code, command[0]);
    return child;
}

/// Its wait status; it is ended when `stop` is set.
int wait_for(pid_t child, const std::atomic<bool>* stop) {
    constexpr int look_again = 200;  // milliseconds
    const File handle(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    int status = 0;
    while (handle.descriptor() >= 0 && ::waitpid(child, &status, WNOHANG) == 0) {
        pollfd ended{handle.descriptor(), POLLIN, 0};
        ::poll(&ended, 1, look_again);
        if (stop && *stop) ::kill(child, SIGTERM);
    }
    if (handle.descriptor() < 0) ::waitpid(child, &status, 0);
    return status;
}

/// The first line of what it said: it never prints keys.
std::string first_line(const File& errors) {
    std::array<char, 400> bytes;
    const auto count = errors.read_at(0, bytes);
    const std::string_view said(bytes.data(), count ? *count : 0);
    return std::string(said.substr(0, said.find('\n')));
}

}  // namespace

Result<File> Kdb5Util::dump(std::vector<std::string> arguments) const {
    auto output = File::create_nameless(directory);
    if (!output) return output.error();
    auto errors = File::create_nameless(directory);
    if (!errors) return errors.error();
    std::vector<std::string> command{program, "-r", realm};
    if (database) command.insert(command.end(), {"-d", *database});
    command.push_back("dump");
    command.insert(command.end(), arguments.begin(), arguments.end());
    const auto child = spawn(command, *output, *errors);
    if (!child) return child.error().because(causes::kdb5_util_failed);
    const int status = wait_for(*child, stop);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::move(*output);
    return Error(Errc::unavailable, fmt::format("{} dump ended with {}: {}", program,
                                                WIFEXITED(status) ? fmt::format("status {}", WEXITSTATUS(status))
                                                                  : fmt::format("signal {}", WTERMSIG(status)),
                                                first_line(*errors)))
        .because(causes::kdb5_util_failed);
}

Result<File> Kdb5Util::dump_all() const {
    return dump({"-i1", "-"});
}

Result<File> Kdb5Util::dump_some(std::span<const std::string> names) const {
    std::vector<std::string> arguments{"-"};
    if (names.size() > most_patterns) return dump(arguments);
    for (const std::string& name : names)
        arguments.push_back(pattern_of(name));
    return dump(arguments);
}

std::string pattern_of(const std::string& name) {
    constexpr std::string_view special = R"(.[]()*+?{}|^$\)";
    std::string pattern = "^";
    for (const char c : name) {
        if (special.find(c) != std::string_view::npos) pattern += '\\';
        pattern += c;
    }
    return pattern + "$";
}

std::string default_kdb5_util() {
    constexpr const char* usual = "/usr/sbin/kdb5_util";
    return ::access(usual, X_OK) == 0 ? usual : "/usr/bin/kdb5_util";
}

}  // namespace kpropgw::inbound
