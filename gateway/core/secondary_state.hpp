#pragma once
#include <cstdint>
#include <string_view>

#include "gateway/core/serial.hpp"

namespace kpropgw::core {

enum class SecondaryState { healthy, behind, held, needs_full, failing };

/// As status shows it: "needs-full".
std::string_view to_text(SecondaryState state);

struct Standing {
    Serial registry;      ///< the newest serial; 0: there is no registry yet
    Serial level;         ///< what the secondary has confirmed; 0: nothing
    unsigned failures{};  ///< in a row
    bool held = false;    ///< nothing is sent until an operator says PROP

    // Of a secondary that takes updates:
    bool refuses_an_update = false;  ///< and takes nothing until an operator skips that one
    Serial updates_from = {};  ///< below it only a full propagation helps: the journal's low end, a changed policy

    bool frozen = false;  ///< nothing at all is sent until an operator thaws it
};

/// The one word for it: held when it is frozen, whatever else; then failing (or refusing an update) before held before
/// behind; needs_full when it never had anything or no update can bring it up to date.
SecondaryState state_of(const Standing& standing);

/// Serials that the secondary lacks.
std::uint64_t behind(const Standing& standing);

}  // namespace kpropgw::core
