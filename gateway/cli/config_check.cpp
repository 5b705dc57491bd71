#include "gateway/cli/config_check.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/file.hpp"
#include "gateway/cli/server_list.hpp"
#include "gateway/control/access.hpp"

namespace kpropgw::cli {
namespace {

/// The servers' list, and that each [secondary] stands in it.
bool check_acl(const config::Config& config) {
    const auto list = read_server_list(config.acl_file, config.acl_codepage);
    if (!list) {
        fmt::print(stderr, "{}: [gateway] acl_file: {}\n", config.file, list.error().text());
        return false;
    }
    print_diagnostics(*list);
    if (!list->acl) return false;
    bool good = true;
    for (const auto& [host, secondary] : config.secondaries) {
        if (list->acl->find(host) != nullptr) continue;
        fmt::print(stderr, "{}: [secondary] {}: is no server of {}\n", config.file, host, config.acl_file);
        good = false;
    }
    if (good) fmt::print("acl_file {}: {}\n", config.acl_file, summary(*list));
    return good;
}

bool check_keytab(const config::Config& config) {
    if (const auto file = File::open_for_reading(config.keytab); !file) {
        fmt::print(stderr, "{}: [gateway] keytab: {}\n", config.file, file.error().text());
        return false;
    }
    fmt::print("keytab {}: readable\n", config.keytab);
    return true;
}

/// Whether files can be made in a folder that is there, or the folder itself where the nearest one above it is.
Result<std::string> check_folder(const std::string& path) {
    std::filesystem::path nearest = path;
    std::error_code code;
    while (!std::filesystem::exists(nearest, code) && nearest.has_relative_path())
        nearest = nearest.parent_path();
    if (!std::filesystem::is_directory(nearest, code)) return system_error(ENOTDIR, nearest.string());
    if (::faccessat(AT_FDCWD, nearest.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
        return system_error(errno, nearest.string());
    }
    return std::string(nearest == path ? "writable" : "can be made");
}

bool check_writable(const config::Config& config, std::string_view key, const std::string& path) {
    const auto outcome = check_folder(path);
    if (!outcome) {
        fmt::print(stderr, "{}: [gateway] {}: {}\n", config.file, key, outcome.error().text());
        return false;
    }
    fmt::print("{} {}: {}\n", key, path, *outcome);
    return true;
}

bool check_readers(const config::Config& config) {
    if (!config.readers) return true;
    const auto group = control::find_group(*config.readers);
    if (!group) {
        fmt::print(stderr, "{}: [status] readers: {}\n", config.file, group.error().text());
        return false;
    }
    fmt::print("readers {}: group {}\n", *config.readers, *group);
    return true;
}

}  // namespace

bool check_files(const config::Config& config) {
    fmt::print("{}: no errors\n", config.file);
    const bool acl = check_acl(config);
    const bool keytab = check_keytab(config);
    const bool store = check_writable(config, "store", config.store_directory);
    const bool control =
        check_writable(config, "control", std::filesystem::path(config.control_socket).parent_path().string());
    const bool readers = check_readers(config);
    return acl && keytab && store && control && readers;
}

}  // namespace kpropgw::cli
