#include <charconv>

#include "formats/dump/version.hpp"
#include "formats/record.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

/// A run of numbers with tabs, put into the line in one piece.
class Numbers {
public:
    Numbers& operator<<(char c) {
        *at_++ = c;
        return *this;
    }
    Numbers& operator<<(std::int64_t value) {
        if (value >= 0 && value <= 9) return *this << static_cast<char>('0' + value);
        at_ = std::to_chars(at_, text_ + sizeof text_, value).ptr;
        return *this;
    }
    std::string_view text() const { return {text_, static_cast<std::size_t>(at_ - text_)}; }

private:
    static constexpr std::size_t most_numbers = 14;
    static constexpr std::size_t widest = 12;  // -2147483648 and a tab

    char text_[most_numbers * widest];
    char* at_ = text_;
};

void append_hex(std::string& out, std::string_view hex) {
    out += hex.empty() ? std::string_view("-1") : hex;
}

void append_item(std::string& out, std::int32_t type, std::string_view hex) {
    Numbers head;
    head << std::int64_t{type} << '\t' << static_cast<std::int64_t>(hex.size() / 2) << '\t';
    out += head.text();
    append_hex(out, hex);
}

/// kdb5_util prints a policy's numbers with %d.
std::int64_t as_printed(std::uint32_t value) {
    return static_cast<std::int32_t>(value);
}

std::int64_t count_travelling(const Principal& principal, DumpVersion version) {
    std::int64_t count = 0;
    for (const auto& item : principal.tl) {
        if (travels(item.type, version)) ++count;
    }
    return count;
}

void append_key(std::string& out, const Key& key) {
    Numbers head;
    head << std::int64_t{key.elements} << '\t' << std::int64_t{key.kvno} << '\t';
    out += head.text();
    for (int i = 0; i < key.elements; ++i) {
        append_item(out, key.element[i].type, key.element[i].hex);
        out += '\t';
    }
}

}  // namespace

void append_principal(std::string& out, const Principal& principal, DumpVersion version) {
    Numbers sizes;
    sizes << std::int64_t{38} << '\t' << static_cast<std::int64_t>(principal.name.size()) << '\t'
          << count_travelling(principal, version) << '\t' << static_cast<std::int64_t>(principal.keys.size()) << '\t'
          << static_cast<std::int64_t>(principal.e_data_hex.size() / 2) << '\t';
    out += "princ\t";
    out += sizes.text();
    out += principal.name;

    const bool logins = layout_of(version).logins;
    Numbers fixed;
    fixed << '\t' << std::int64_t{principal.attributes} << '\t' << std::int64_t{principal.max_life} << '\t'
          << std::int64_t{principal.max_renewable_life} << '\t' << std::int64_t{principal.expiration} << '\t'
          << std::int64_t{principal.pw_expiration} << '\t' << std::int64_t{logins ? principal.last_success : 0} << '\t'
          << std::int64_t{logins ? principal.last_failed : 0} << '\t'
          << std::int64_t{logins ? principal.fail_auth_count : 0};
    out += fixed.text();

    for (const auto& item : principal.tl) {
        if (!travels(item.type, version)) continue;
        out += '\t';
        append_item(out, item.type, item.hex);
    }
    out += '\t';
    for (const auto& key : principal.keys) {
        append_key(out, key);
    }
    append_hex(out, principal.e_data_hex);
    out += ";\n";
}

void append_policy(std::string& out, const Policy& policy, DumpVersion version) {
    const Layout& layout = layout_of(version);
    Numbers numbers;
    numbers << '\t' << as_printed(policy.min_life) << '\t' << as_printed(policy.max_life) << '\t'
            << as_printed(policy.min_length) << '\t' << as_printed(policy.min_classes) << '\t'
            << as_printed(policy.history) << '\t' << as_printed(policy.refcnt);
    if (layout.lockout) {
        numbers << '\t' << as_printed(policy.max_fail) << '\t' << as_printed(policy.fail_interval) << '\t'
                << as_printed(policy.lockout_duration);
    }
    if (layout.newer_policy) {
        numbers << '\t' << as_printed(policy.attributes) << '\t' << as_printed(policy.max_ticket_life) << '\t'
                << as_printed(policy.max_renewable_ticket_life) << '\t';
    }
    out += "policy\t";
    out += policy.name;
    out += numbers.text();
    if (layout.newer_policy) {
        out += policy.allowed_keysalts.empty() ? std::string_view("-") : policy.allowed_keysalts;
        Numbers count;
        count << '\t' << static_cast<std::int64_t>(policy.tl.size());
        out += count.text();
        for (const auto& item : policy.tl) {
            out += '\t';
            append_item(out, item.type, item.hex);
        }
    }
    out += '\n';
}

}  // namespace kpropgw::formats
