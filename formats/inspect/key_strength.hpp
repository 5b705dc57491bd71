#pragma once
#include "formats/record.hpp"

namespace kpropgw::formats {

/// Which KDCs can use a principal by the types of its keys. What is not of the newest kvno does not count: no ticket is
/// made with it.
struct KeyStrength {
    bool any = false;        ///< it has keys
    bool des_only = false;   ///< none since MIT 1.18
    bool old_only = false;   ///< DES, DES3 and RC4 alone
    bool sha2_only = false;  ///< none before MIT 1.15 (RFC 8009)
};

KeyStrength key_strength(const Principal& principal);

}  // namespace kpropgw::formats
