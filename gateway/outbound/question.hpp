#pragma once
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <string_view>

#include "base/secret.hpp"
#include "gateway/core/update_plan.hpp"
#include "gateway/outbound/secondary.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw::outbound {

/// One question of an Update secondary, "I have all up to here, what is new?", from the claim to the answer, which
/// core::plan_updates decides. While there is nothing new the answer is held back. Lives on the loop.
///
/// kpropd exits on the answers ERROR and PERM_DENIED (kpropd.c:do_iprop), so neither is ever given: what may pass is
/// BUSY, after which it asks again.
class Question {
public:
    /// The results of the call, in XDR.
    using Answer = std::shared_ptr<const SecretText>;

    Question(Shared& shared, std::shared_ptr<Secondary> secondary, wire::IpropPosition claim,
             std::chrono::seconds longest_wait);
    virtual ~Question() = default;

    boost::asio::awaitable<Answer> answer();

protected:
    /// What lies above `after`, up to `last`; null where the next look at the store tells why there is nothing.
    virtual boost::asio::awaitable<Answer> make(Serial after, Serial last) = 0;
    /// An answer without updates.
    virtual SecretText bare(wire::IpropStatus status, const wire::IpropPosition& last) const = 0;
    /// Leaves out of account what is no hindrance for this kind of secondary.
    virtual void adapt(core::UpdateStanding& /*standing*/) const {}

    Answer full(std::string_view why) const;
    Answer busy(const Error& error) const;

    Shared& shared_;
    std::shared_ptr<Secondary> secondary_;

private:
    boost::asio::awaitable<Result<core::UpdateStanding>> look() const;
    void refuse(Serial serial);
    void take_note(const core::UpdateStanding& standing, const core::UpdatePlan& plan);
    Answer answer_of(wire::IpropStatus status) const;

    wire::IpropPosition claim_;
    std::uint64_t number_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace kpropgw::outbound
