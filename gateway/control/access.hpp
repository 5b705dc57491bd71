#pragma once
#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace kpropgw::control {

/// Who connected to a unix socket.
struct Peer {
    uid_t uid = 0;
    std::vector<gid_t> groups;  ///< all of them
};

/// As it was when it connected (SO_PEERCRED, SO_PEERGROUPS; unix(7), socket(7)).
Result<Peer> peer_of(int descriptor);

/// not_found for a group that this machine does not know.
Result<gid_t> find_group(const std::string& name);

enum class Access { none, look, order };

/// Root and the gateway's own user order; members of `readers` look.
Access access_of(const Peer& peer, uid_t own, const std::optional<gid_t>& readers);

}  // namespace kpropgw::control
