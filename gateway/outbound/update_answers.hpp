#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "gateway/outbound/question.hpp"
#include "gateway/wire/iprop_changes.hpp"

namespace kpropgw::outbound {

/// The results of the procedures of iprop. On the loop.

/// GET_UPDATES, of a kpropd that has all up to `claim`.
boost::asio::awaitable<Question::Answer> get_updates(Shared& shared, std::shared_ptr<Secondary> secondary,
                                                     wire::IpropPosition claim);

/// GET_CHANGES, of another gateway, to which policies and the master key are changes as others are.
boost::asio::awaitable<Question::Answer> get_changes(Shared& shared, std::shared_ptr<Secondary> secondary,
                                                     wire::ChangesRequest request);

/// FULL_RESYNC and FULL_RESYNC_EXT: the dump follows by kprop.
std::string full_resync(Secondary& secondary);

/// Who may not ask is answered that the gateway is busy: kpropd comes again, and kpropd.acl may be mended meanwhile.
SecretText no_updates();
SecretText no_changes();
std::string no_resync();

}  // namespace kpropgw::outbound
