#include <algorithm>

#include "formats/dump/version.hpp"
#include "formats/record.hpp"

namespace kpropgw::formats {
namespace {

std::size_t digits_of(std::size_t number) {
    std::size_t count = 1;
    while (number >= 10) {
        number /= 10;
        ++count;
    }
    return count;
}

bool has_no_logins(const Principal& principal) {
    return principal.last_success == 0 && principal.last_failed == 0 && principal.fail_auth_count == 0;
}

/// Where `<tab>3<tab>LENGTH<tab>HEX` begins.
const char* begin_of(const TlData& item) {
    return item.hex.data() - 4 - digits_of(item.hex.size() / 2);
}

}  // namespace

void append_principal(std::string& out, const Principal& principal, std::string_view line, DumpVersion version) {
    const Layout& layout = layout_of(version);
    const auto stays_behind = [](const TlData& item) { return item.type == tl_kadm_data; };
    const auto cut = layout.kadm_data ? 0 : std::count_if(principal.tl.begin(), principal.tl.end(), stays_behind);
    // An empty item has no place in the line.
    const bool can_be_cut = cut == 0 || std::none_of(principal.tl.begin(), principal.tl.end(), [&](const TlData& item) {
                                return stays_behind(item) && item.hex.empty();
                            });
    if (!can_be_cut || (!layout.logins && !has_no_logins(principal))) return append_principal(out, principal, version);

    if (cut > 0) {
        constexpr std::string_view before_sizes = "princ\t38\t";
        const std::size_t count_at = before_sizes.size() + digits_of(principal.name.size()) + 1;
        const std::size_t count = principal.tl.size();
        out += line.substr(0, count_at);
        out += std::to_string(count - static_cast<std::size_t>(cut));
        const char* from = line.data() + count_at + digits_of(count);
        for (const TlData& item : principal.tl) {
            if (!stays_behind(item)) continue;
            out.append(from, begin_of(item));
            from = item.hex.data() + item.hex.size();
        }
        line = line.substr(static_cast<std::size_t>(from - line.data()));
    }
    out += line;
    out += '\n';
}

}  // namespace kpropgw::formats
