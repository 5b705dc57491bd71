#pragma once
#include <span>
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// What one version of the dump is called and what it carries: the one table of all that depends on the version.
struct Layout {
    DumpVersion version;
    std::string_view header;  ///< the first line without its newline
    std::string_view name;    ///< kdb5_util's
    std::string_view role;    ///< the role whose dump it is, or ""
    bool kadm_data;           ///< tl-data 3 of principals: policy reference and password history
    bool lockout;             ///< max_fail, fail_interval and lockout_duration of policies
    bool newer_policy;        ///< attributes, lifetimes, keysalts and tl-data of policies
};

/// From the oldest on.
std::span<const Layout> layouts();

const Layout& layout_of(DumpVersion version);

}  // namespace kpropgw::formats
