#include "gateway/control/socket.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace kpropgw::control {
namespace {

/// The socket calls take the family's address as the general one.
const sockaddr* general(const sockaddr_un& address) {
    return static_cast<const sockaddr*>(static_cast<const void*>(&address));
}

Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        return Error(Errc::invalid_input, fmt::format("{}: {} bytes are too long a name for a unix socket; at most {}",
                                                      path, path.size(), sizeof address.sun_path - 1));
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

Result<File> new_socket() {
    File file(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (file.descriptor() < 0) return system_error(errno, "socket");
    return file;
}

/// Lets this user in, and the group.
Result<void> open_to(const std::string& path, std::optional<gid_t> readers, mode_t own_mode, mode_t group_mode) {
    constexpr auto same_user = static_cast<uid_t>(-1);
    if (readers && ::chown(path.c_str(), same_user, *readers) != 0) {
        if (errno != EPERM) return system_error(errno, path);
        return Error(Errc::denied,
                     fmt::format("{}: this user may not give it to the group of [status] readers (gid {}): make it a "
                                 "member of that group",
                                 path, *readers));
    }
    if (::chmod(path.c_str(), readers ? own_mode | group_mode : own_mode) != 0) return system_error(errno, path);
    return {};
}

/// Holds the folder against another kpropgw that starts at the same moment.
Result<File> lock_folder(const std::string& path, std::optional<gid_t> readers) {
    const std::string folder = std::filesystem::absolute(path).parent_path().string();
    if (::mkdir(folder.c_str(), 0700) == 0) {
        if (auto ok = open_to(folder, readers, 0700, 0050); !ok) return ok.error();
    } else if (errno != EEXIST) {
        return system_error(errno, folder);
    }
    File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (file.descriptor() < 0) return system_error(errno, folder);
    if (::flock(file.descriptor(), LOCK_EX | LOCK_NB) == 0) return file;
    if (errno != EWOULDBLOCK) return system_error(errno, folder);
    return Error(Errc::conflict, folder + ": locked, another kpropgw is starting; try again");
}

/// Removes a name that nobody answers at.
Result<void> remove_stale(const std::string& path, const sockaddr_un& address) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        if (errno == ENOENT) return {};
        return system_error(errno, path);
    }
    if (!S_ISSOCK(found.st_mode)) {
        return Error(Errc::conflict, path + ": is there and no socket; remove it or set another \"control\"");
    }
    auto probe = new_socket();
    if (!probe) return probe.error();
    if (::connect(probe->descriptor(), general(address), sizeof address) == 0 || errno == EAGAIN) {
        return Error(Errc::conflict, path + ": another kpropgw is running");
    }
    if (errno != ECONNREFUSED) return system_error(errno, path);
    if (::unlink(path.c_str()) != 0) return system_error(errno, path);
    return {};
}

}  // namespace

Result<ControlSocket> ControlSocket::listen(const std::string& path, std::optional<gid_t> readers) {
    const auto address = address_of(path);
    if (!address) return address.error();
    const auto lock = lock_folder(path, readers);
    if (!lock) return lock.error();
    if (auto ok = remove_stale(path, *address); !ok) return ok.error();
    auto file = new_socket();
    if (!file) return file.error();
    if (::bind(file->descriptor(), general(*address), sizeof *address) != 0) return system_error(errno, path);
    struct stat made {};
    if (::lstat(path.c_str(), &made) != 0) return system_error(errno, path);
    ControlSocket socket(path, std::move(*file), made.st_dev, made.st_ino);
    if (auto ok = open_to(path, readers, 0600, 0060); !ok) return ok.error();
    if (::listen(socket.file_.descriptor(), SOMAXCONN) != 0) return system_error(errno, path);
    return socket;
}

ControlSocket::ControlSocket(ControlSocket&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      file_(std::move(other.file_)),
      device_(other.device_),
      inode_(other.inode_) {}

ControlSocket& ControlSocket::operator=(ControlSocket&& other) noexcept {
    if (this != &other) {
        remove();
        path_ = std::exchange(other.path_, {});
        file_ = std::move(other.file_);
        device_ = other.device_;
        inode_ = other.inode_;
    }
    return *this;
}

void ControlSocket::remove() {
    struct stat found {};
    if (path_.empty() || ::lstat(path_.c_str(), &found) != 0) return;
    if (found.st_dev == device_ && found.st_ino == inode_) ::unlink(path_.c_str());
    path_.clear();
}

Result<int> ControlSocket::duplicate() const {
    const int copy = ::fcntl(file_.descriptor(), F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return system_error(errno, path_);
    return copy;
}

}  // namespace kpropgw::control
