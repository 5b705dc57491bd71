#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kpropgw::krb {

/// kpropd of MIT 1.4 to 1.6 with an AES session key labels its KRB-SAFE checksum as type 12 (hmac-sha1-des3-kd)
/// with 20 octets, but makes it with the AES key; its first 12 octets are what the true type (15 or 16) holds.
/// Gives the message as it should have been, for a session key of `enctype` 17 or 18, or nothing when this is not
/// such a message. The checksum still has to verify.
std::optional<std::string> mend_false_checksum(std::string_view krb_safe, std::int32_t enctype);

}  // namespace kpropgw::krb
