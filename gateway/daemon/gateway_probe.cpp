// The gateway's order to ask KDCs what they serve.
#include "gateway/daemon/gateway.hpp"
#include "gateway/daemon/probe.hpp"

namespace kpropgw::daemon {

boost::asio::awaitable<Result<std::vector<control::ProbeAnswer>>> Gateway::probe(control::ProbeOrder order) {
    if (stopping_) co_return Error(Errc::unavailable, "the gateway is stopping");
    std::vector<std::shared_ptr<outbound::Secondary>> secondaries;
    for (const std::string& host : order.hosts) {
        const auto found = find(host);
        if (!found) co_return found.error();
        secondaries.push_back(*found);
    }
    if (order.hosts.empty()) {
        for (const auto& [host, secondary] : fan_out_.secondaries())
            secondaries.push_back(secondary);
    }
    const auto probed = co_await prober_.probe(secondaries, std::move(order.principal));
    if (!probed) co_return probed.error();
    std::vector<control::ProbeAnswer> answers;
    for (std::size_t i = 0; i < secondaries.size(); ++i) {
        const outbound::Secondary& secondary = *secondaries[i];
        answers.push_back(to_answer(secondary.entry().host, (*probed)[i], secondary.row().level));
    }
    co_return answers;
}

}  // namespace kpropgw::daemon
