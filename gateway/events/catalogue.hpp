#pragma once
#include <optional>
#include <span>
#include <string_view>

#include "base/error.hpp"
#include "gateway/events/event.hpp"

/// The constants are made of the files in catalogue/, each entry of which is written once, there.
namespace kpropgw::events {

#define KPROPGW_EVENT(name, id, level, text, meaning, remedy) \
    inline constexpr Event name{id, Level::level, text, meaning, remedy};
#include "gateway/events/catalogue/events.def"
#undef KPROPGW_EVENT

/// In the order of the catalogue.
std::span<const Event* const> all_events();

}  // namespace kpropgw::events

namespace kpropgw::causes {

#define KPROPGW_CAUSE(name, id, text, meaning, remedy) inline constexpr Cause name{id, text, meaning, remedy};
#include "gateway/events/catalogue/causes.def"
#undef KPROPGW_CAUSE

/// In the order of the catalogue.
std::span<const Cause* const> all_causes();

}  // namespace kpropgw::causes
