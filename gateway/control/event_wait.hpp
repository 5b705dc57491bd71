#pragma once
// Private to gateway/control: the answer to a question for events.
#include <boost/asio/awaitable.hpp>

#include "gateway/control/events.hpp"

namespace kpropgw::control {

/// At once when the ring has what was asked for, else when something is reported, else at the end of the wait. Runs on
/// one loop, while events may be reported on any thread. `ring` must outlive it.
boost::asio::awaitable<EventsPage> wait_for_events(events::Ring& ring, EventsQuery query);

}  // namespace kpropgw::control
