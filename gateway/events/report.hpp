#pragma once
#include <initializer_list>

#include "base/error.hpp"
#include "gateway/events/catalogue.hpp"
#include "gateway/events/field.hpp"
#include "gateway/events/ring.hpp"

namespace kpropgw::events {

/// Writes one line to the log, when its level is logged, and keeps the event in recent(). On any thread.
///
///     events::report(events::push_refused, {{"peer", peer}}, why);
void report(const Event& event, std::initializer_list<Field> fields = {});
/// With `error=` and, where its cause has a name, `cause=` at the end.
void report(const Event& event, std::initializer_list<Field> fields, const Error& why);

/// The last 1,000 that this process has reported, whatever is logged; those of level debug only when they are logged
/// too.
Ring& recent();

}  // namespace kpropgw::events
