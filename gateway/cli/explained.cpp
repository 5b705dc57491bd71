#include "gateway/cli/explained.hpp"

#include "gateway/events/catalogue.hpp"

namespace kpropgw::cli {

std::vector<Explained> all_explained() {
    std::vector<Explained> all;
    for (const events::Event* event : events::all_events())
        all.push_back({event->id, to_text(event->level), event->text, event->meaning, event->remedy});
    for (const Cause* cause : causes::all_causes())
        all.push_back({cause->id, "cause", cause->text, cause->meaning, cause->remedy});
    return all;
}

}  // namespace kpropgw::cli
