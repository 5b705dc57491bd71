#pragma once
#include <string_view>
#include <vector>

namespace kpropgw::cli {

/// An event or a cause of the catalogue, which explain and docs/events.md treat alike.
struct Explained {
    std::string_view id;
    std::string_view kind;  ///< an event's level, or "cause"
    std::string_view text;
    std::string_view meaning;
    std::string_view remedy;
};

/// The events, then the causes, as the catalogue has them.
std::vector<Explained> all_explained();

}  // namespace kpropgw::cli
