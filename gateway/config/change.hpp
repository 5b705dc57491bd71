#pragma once
#include <string>
#include <vector>

#include "gateway/config/config.hpp"

namespace kpropgw::config {

/// An option of which two configurations have different values.
struct Change {
    std::string option;  ///< "[gateway] prop_interval", "[secondary] kdc2.example.com dump"
    std::string before;  ///< as the file writes it, or what holds where it does not
    std::string after;
    bool live = false;  ///< as in the option table
};

/// "[gateway] prop_interval: 2m, was 5m"
std::string to_text(const Change& change);

/// In the order of the option table, those of [secondary] by host.
std::vector<Change> changes(const Config& in_force, const Config& wanted);

/// Takes over what may change while the gateway runs. Nothing else of `into` is written, not even with the value that
/// it has, so other threads may go on reading that.
void take_live(const Config& from, Config& into);

}  // namespace kpropgw::config
