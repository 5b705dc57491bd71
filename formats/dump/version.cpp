#include "formats/dump/version.hpp"

namespace kpropgw::formats {
namespace {

// MIT dump.c: beta7_version, r1_3_version, r1_8_version and r1_11_version.
constexpr Layout table[] = {
    {DumpVersion::v4, "kdb5_util load_dump version 4", "b7", "compat", false, false, false},
    {DumpVersion::v5, "kdb5_util load_dump version 5", "r13", "replace", true, false, false},
    {DumpVersion::v6, "kdb5_util load_dump version 6", "r18", "", true, true, false},
    {DumpVersion::v7, "kdb5_util load_dump version 7", "r1_11", "", true, true, true},
};

}  // namespace

std::span<const Layout> layouts() {
    return table;
}

const Layout& layout_of(DumpVersion version) {
    return table[static_cast<int>(version) - static_cast<int>(DumpVersion::v4)];
}

}  // namespace kpropgw::formats
