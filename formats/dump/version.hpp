#pragma once
#include <span>
#include <string_view>

#include "formats/record.hpp"

namespace kpropgw::formats {

/// What one version of the dump is called and what it carries: the one table of all that depends on the version.
struct Layout {
    DumpVersion version;
    std::string_view header;  ///< the first line without its newline, or its beginning when a position follows
    std::string_view name;    ///< kdb5_util's
    std::string_view role;    ///< the role whose dump it is, or ""
    bool kadm_data;           ///< tl-data 3 of principals: policy reference and password history
    bool lockout;             ///< max_fail, fail_interval and lockout_duration of policies
    bool newer_policy;        ///< attributes, lifetimes, keysalts and tl-data of policies
    bool logins;              ///< last_success, last_failed and fail_auth_count of principals; else written as 0
    bool position;            ///< the first line says where in the update log the dump stands
};

/// From the oldest on, those for iprop last.
std::span<const Layout> layouts();

/// Those that are loaded without iprop, and so may be sent by kprop on its own.
std::span<const Layout> plain_layouts();

const Layout& layout_of(DumpVersion version);

/// The name that status and the command line use: "b7", "r13", "r18", "r1_11", "iprop", "ipropx",
/// "ipropx_r18".
std::string_view to_text(DumpVersion version);

/// The version of `among` that a role's or kdb5_util's name means: replace, r13, compat, b7, r18, r1_11 ...
/// invalid_input names the nearest.
Result<DumpVersion> parse_dump_version(std::string_view name, std::span<const Layout> among = plain_layouts());

}  // namespace kpropgw::formats
