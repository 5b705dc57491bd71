#pragma once
// Private to gateway/wire: what the arguments and results of iprop have in common.
#include "base/xdr.hpp"
#include "gateway/wire/iprop.hpp"

namespace kpropgw::wire {

void write_position(XdrWriter& out, const IpropPosition& position);
IpropPosition read_position(XdrReader& in);
IpropStatus read_status(XdrReader& in);

}  // namespace kpropgw::wire
