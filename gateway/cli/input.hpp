#pragma once
#include <CLI/App.hpp>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/file.hpp"
#include "gateway/config/config.hpp"

namespace kpropgw::cli {

/// A file or pipe that was named on the command line; "-" is stdin.
struct NamedInput {
    File file;
    std::string name;  ///< for errors: "stdin" for "-"
};
Result<NamedInput> open_input(const std::string& path);

/// Throws CLI::ValidationError, wrong usage of `option`, when both paths are stdin.
void refuse_stdin_twice(const std::string& option, const std::string& path, const std::string& other);

/// The whole of a file or pipe of at most `limit` bytes; "-" is stdin.
Result<std::string> read_input(const std::string& path, std::size_t limit);

/// Adds `-c FILE`, config::default_path() when it is not given.
void add_config_option(CLI::App& app, std::string& path);

/// Says every problem on stderr and returns nothing when there is any: the command ends with 78.
std::optional<config::Config> read_config(const std::string& path);

/// Says `kpropgw: TEXT` on stderr and returns the exit status of that kind of failure.
int fail(const Error& error);

}  // namespace kpropgw::cli
