#include "gateway/cli/input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/Error.hpp>
#include <array>
#include <cerrno>

namespace kpropgw::cli {

Result<NamedInput> open_input(const std::string& path) {
    if (path != "-") {
        auto file = File::open_for_reading(path);
        if (!file) return file.error();
        return NamedInput{std::move(*file), path};
    }
    const int copy = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return system_error(errno, "stdin");
    return NamedInput{File(copy), "stdin"};
}

void refuse_stdin_twice(const std::string& option, const std::string& path, const std::string& other) {
    if (path == "-" && other == "-") throw CLI::ValidationError(option, "only one of the two files can be stdin");
}

Result<std::string> read_input(const std::string& path, std::size_t limit) {
    const auto input = open_input(path);
    if (!input) return input.error();
    std::string text;
    std::array<char, 16384> chunk{};
    for (;;) {
        const auto count = input->file.read(chunk);
        if (!count) return count.error().in(input->name);
        if (*count == 0) return text;
        text.append(chunk.data(), *count);
        if (text.size() > limit) {
            return Error(Errc::invalid_input, fmt::format("{}: larger than the limit of {} bytes", input->name, limit));
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
