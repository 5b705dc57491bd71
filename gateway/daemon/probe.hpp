#pragma once
#include "gateway/control/probe.hpp"
#include "gateway/outbound/prober.hpp"

namespace kpropgw::daemon {

/// What asking a secondary's KDC brought, as an order is answered. `level` is what the secondary has confirmed.
control::ProbeAnswer to_answer(const std::string& host, const outbound::Probed& probed, Serial level);

}  // namespace kpropgw::daemon
