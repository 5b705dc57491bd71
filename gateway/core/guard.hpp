#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace kpropgw::core {

/// Watches the names of an arriving dump go by and says at its end whether it can be a registry of the realm.
class Guard {
public:
    explicit Guard(std::string_view realm);

    void see_principal(std::string_view name);

    /// invalid_input when a name without which no KDC of the realm can serve was not there.
    Result<void> finish() const;

private:
    std::string master_key_name_;
    std::string ticket_granting_name_;
    std::string other_master_key_name_;  ///< K/M of a realm that is not ours
    bool master_key_ = false;
    bool ticket_granting_ = false;
};

}  // namespace kpropgw::core
