#pragma once
#include <sys/types.h>

#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/file.hpp"

namespace kpropgw::control {

/// A listening unix socket with its name in the file system, which goes with it unless another has taken it since.
class ControlSocket {
public:
    /// Mode 0600 before anyone can connect, or 0660 and the group `readers`. The folder is made (0700, or 0750 and that
    /// group) when only its last part is missing. A name that a dead process left is taken over; `conflict` when
    /// somebody answers there, `denied` when this user may not give files to the group.
    static Result<ControlSocket> listen(const std::string& path, std::optional<gid_t> readers = {});

    ~ControlSocket() { remove(); }
    ControlSocket(ControlSocket&& other) noexcept;
    ControlSocket& operator=(ControlSocket&& other) noexcept;
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

    /// A duplicate of the listening descriptor, which the caller closes.
    Result<int> duplicate() const;

private:
    ControlSocket(std::string path, File file, dev_t device, ino_t inode)
        : path_(std::move(path)), file_(std::move(file)), device_(device), inode_(inode) {}
    void remove();

    std::string path_;
    File file_;
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

}  // namespace kpropgw::control
