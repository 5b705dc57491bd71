#pragma once
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "base/secret.hpp"
#include "gateway/core/update_plan.hpp"
#include "gateway/outbound/secondary.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw::outbound {

/// What the kpropd of Update secondaries are answered, by core::plan_updates. Lives on the loop.
///
/// kpropd exits on the answers ERROR and PERM_DENIED (kpropd.c:do_iprop), so neither is ever given: what may pass is
/// BUSY, after which it asks again.
class UpdateAnswers {
public:
    explicit UpdateAnswers(Shared& shared) : shared_(shared) {}

    /// The results of GET_UPDATES for who has all up to `claim`. While there is nothing new they are held back, for
    /// update_hold at most.
    boost::asio::awaitable<std::shared_ptr<const SecretText>> get_updates(std::shared_ptr<Secondary> secondary,
                                                                          wire::IpropPosition claim);

    /// The results of FULL_RESYNC and FULL_RESYNC_EXT: the dump follows by kprop.
    std::string full_resync(Secondary& secondary);

    static SecretText nothing_but(wire::IpropStatus status);

private:
    Shared& shared_;
};

}  // namespace kpropgw::outbound
