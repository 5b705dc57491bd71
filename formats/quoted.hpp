#pragma once
#include <string>
#include <string_view>

namespace kpropgw::formats {

/// A name between quotes, for an error: control characters are shown as \xNN and a long name is cut. A name whose
/// length field was wrong may have run on into keys: nothing after a raw tab, or a blank in the realm, is shown.
std::string quoted_name(std::string_view name);

}  // namespace kpropgw::formats
