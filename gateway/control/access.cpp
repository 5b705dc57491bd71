#include "gateway/control/access.hpp"

#include <fmt/format.h>
#include <grp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace kpropgw::control {
namespace {

/// What Linux lets a process have (NGROUPS_MAX).
constexpr std::size_t most_groups = 65536;
constexpr std::size_t largest_group_entry = 1 << 20;

}  // namespace

Result<Peer> peer_of(int descriptor) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        return system_error(errno, "SO_PEERCRED");
    }
    Peer peer{credentials.uid, std::vector<gid_t>(64)};
    size = static_cast<socklen_t>(peer.groups.size() * sizeof(gid_t));
    int outcome = ::getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, peer.groups.data(), &size);
    if (outcome != 0 && errno == ERANGE && size <= most_groups * sizeof(gid_t)) {
        // It says how many there are.
        peer.groups.resize(size / sizeof(gid_t));
        outcome = ::getsockopt(descriptor, SOL_SOCKET, SO_PEERGROUPS, peer.groups.data(), &size);
    }
    if (outcome != 0) return system_error(errno, "SO_PEERGROUPS");
    peer.groups.resize(size / sizeof(gid_t));
    peer.groups.push_back(credentials.gid);
    return peer;
}

Result<gid_t> find_group(const std::string& name) {
    group entry{};
    group* found = nullptr;
    std::string buffer(4096, '\0');
    int code = 0;
    while ((code = ::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found)) == ERANGE &&
           buffer.size() < largest_group_entry) {
        buffer.resize(2 * buffer.size());
    }
    if (code != 0) return system_error(code, "group \"" + name + "\"");
    if (found == nullptr) {
        return Error(Errc::not_found, fmt::format("group \"{}\" is not known here: groupadd --system {}", name, name));
    }
    return entry.gr_gid;
}

Access access_of(const Peer& peer, uid_t own, const std::optional<gid_t>& readers) {
    if (peer.uid == own || peer.uid == 0) return Access::order;
    const bool reader = readers && std::find(peer.groups.begin(), peer.groups.end(), *readers) != peer.groups.end();
    return reader ? Access::look : Access::none;
}

}  // namespace kpropgw::control
