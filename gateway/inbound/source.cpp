#include "gateway/inbound/source.hpp"

#include "gateway/inbound/iprop_follower.hpp"
#include "gateway/inbound/log_follower.hpp"

namespace kpropgw::inbound {

std::unique_ptr<Source> make_source(const boost::asio::any_io_executor& loop, const Door& door) {
    switch (door.config.source.kind) {
        case config::Source::Kind::iprop:
            return std::make_unique<IpropFollower>(loop, door);
        case config::Source::Kind::ulog:
            return std::make_unique<LogFollower>(loop, door);
        default:
            return nullptr;
    }
}

}  // namespace kpropgw::inbound
