#include "gateway/cli/input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/file.hpp"

namespace kpropgw::cli {

Result<std::string> read_input(const std::string& path, std::size_t limit) {
    const bool from_stdin = path == "-";
    const std::string name = from_stdin ? "stdin" : path;
    auto file =
        from_stdin ? Result<File>(File(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0))) : File::open_for_reading(path);
    if (!file) return file.error();
    std::string text;
    std::array<char, 16384> chunk{};
    for (;;) {
        const ssize_t count = ::read(file->descriptor(), chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_error(errno, name);
        if (count == 0) return text;
        text.append(chunk.data(), static_cast<std::size_t>(count));
        if (text.size() > limit) {
            return Error(Errc::invalid_input, fmt::format("{}: larger than the limit of {} bytes", name, limit));
        }
    }
}

void add_config_option(CLI::App& app, std::string& path) {
    path = config::default_path();
    app.add_option("-c,--config", path, "the gateway's configuration")->type_name("FILE")->capture_default_str();
}

std::optional<config::Config> read_config(const std::string& path) {
    config::Reading reading = config::read(path);
    for (const std::string& problem : reading.problems)
        fmt::print(stderr, "{}\n", problem);
    return std::move(reading.config);
}

int fail(const Error& error) {
    fmt::print(stderr, "kpropgw: {}\n", error.text());
    return exit_status(error.code());
}

}  // namespace kpropgw::cli
