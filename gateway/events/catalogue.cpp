#include "gateway/events/catalogue.hpp"

#include <array>

namespace kpropgw::events {

std::span<const Event* const> all_events() {
#define KPROPGW_EVENT(name, id, level, text, meaning, remedy) &name,
    static constexpr std::array all = {
#include "gateway/events/catalogue/events.def"
    };
#undef KPROPGW_EVENT
    return all;
}

std::string_view to_text(Level level) {
    static constexpr std::array<std::string_view, 5> names = {"debug", "info", "warning", "error", "critical"};
    return names.at(static_cast<std::size_t>(level));
}

}  // namespace kpropgw::events

namespace kpropgw::causes {

std::span<const Cause* const> all_causes() {
#define KPROPGW_CAUSE(name, id, text, meaning, remedy) &name,
    static constexpr std::array all = {
#include "gateway/events/catalogue/causes.def"
    };
#undef KPROPGW_CAUSE
    return all;
}

}  // namespace kpropgw::causes
