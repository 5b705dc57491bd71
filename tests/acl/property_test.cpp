#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <sstream>

#include "acl/acl.hpp"
#include "acl/write.hpp"
#include "base/nearest.hpp"

namespace kpropgw::acl {
namespace {

/// Makes acls that are right, and spells them in the ways that the grammar allows.
class Generator {
public:
    explicit Generator(unsigned seed) : random_(seed) {}

    Acl make_acl() {
        Acl acl;
        std::set<std::string> hosts;
        const std::size_t wanted = 1 + below(12);
        while (hosts.size() < wanted) {
            hosts.insert(make_host());
        }
        for (const auto& host : hosts) {
            acl.entries.push_back(make_entry(host, acl.entries.empty()));
        }
        return acl;
    }

    std::string spell(const Acl& acl) {
        std::string text;
        for (const auto& entry : acl.entries) {
            if (chance(4)) text += "; a comment with ; and \"kdc Primary\"" + end_of_line();
            if (chance(4)) text += maybe_blanks() + end_of_line();
            text += maybe_blanks() + mix_case(entry.host);
            if (entry.port) text += ":" + std::to_string(*entry.port);
            text += blanks() + mix_case(to_text(entry.role));
            if (entry.enctype) text += blanks() + entry.enctype->name;
            text += maybe_blanks() + end_of_line();
        }
        return text;
    }

private:
    std::size_t below(std::size_t limit) { return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_); }
    bool chance(std::size_t one_in) { return below(one_in) == 0; }

    /// Up to the 63 characters of a label.
    std::string make_label(char first) {
        constexpr std::string_view inner = "abcdefghijklmnopqrstuvwxyz0123456789-";
        std::string label(1, first);
        if (chance(3)) return label;
        const std::size_t length = chance(20) ? 61 : below(10);
        for (std::size_t i = 0; i < length; ++i) {
            label += inner[below(inner.size())];
        }
        return label + letter_or_digit();
    }

    char letter_or_digit() { return "abcdefghijklmnopqrstuvwxyz0123456789"[below(36)]; }

    std::string make_host() {
        std::string host;
        for (std::size_t labels = below(3); labels > 0; --labels) {
            host += make_label(letter_or_digit()) + ".";
        }
        return host + make_label('k');
    }

    Entry make_entry(const std::string& host, bool is_first) {
        constexpr std::array<std::pair<std::int32_t, std::string_view>, 4> enctypes{
            {{1, "des-cbc-crc"}, {16, "des3-cbc-sha1-kd"}, {18, "aes256-cts"}, {20, "aes256-cts-hmac-sha384-192"}}};
        Entry entry;
        entry.host = host;
        if (chance(2)) entry.port = static_cast<std::uint16_t>(1 + below(65535));
        entry.role = is_first ? Role::primary : static_cast<Role>(1 + below(4));
        if (chance(2)) {
            const auto& [number, name] = enctypes[below(enctypes.size())];
            entry.enctype = Enctype{number, mix_case(name)};
        }
        return entry;
    }

    std::string mix_case(std::string_view text) {
        std::string mixed(text);
        for (char& c : mixed) {
            if (c >= 'a' && c <= 'z' && chance(3)) c = static_cast<char>(c - 'a' + 'A');
        }
        return mixed;
    }

    std::string blanks() { return std::string(1 + below(3), chance(3) ? '\t' : ' '); }
    std::string maybe_blanks() { return chance(2) ? blanks() : ""; }
    std::string end_of_line() { return chance(5) ? "\r\n" : "\n"; }

    std::mt19937 random_;
};

std::string first_error(const Reading& reading) {
    for (const auto& diagnostic : reading.diagnostics) {
        if (diagnostic.severity == Diagnostic::Severity::error) return diagnostic.render();
    }
    return "";
}

TEST(AclProperty, WhatIsSpeltIsRead) {
    const unsigned seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Generator generator(seed);
    for (int round = 0; round < 500; ++round) {
        const Acl acl = generator.make_acl();
        const std::string text = generator.spell(acl);
        const auto reading = parse(text, "random.acl");
        ASSERT_TRUE(reading.acl) << first_error(reading) << "\n" << text;
        ASSERT_EQ(*reading.acl, acl) << text;
        const auto again = parse(to_zos_text(acl), "written.acl");
        ASSERT_TRUE(again.acl) << first_error(again);
        ASSERT_EQ(*again.acl, acl);
    }
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) {
        if (line.ends_with('\r')) line.pop_back();
        lines.push_back(line);
    }
    return lines;
}

TEST(AclProperty, EveryLineIsKeptAndSaysTheSame) {
    const unsigned seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Generator generator(seed);
    for (int round = 0; round < 200; ++round) {
        const Acl acl = generator.make_acl();
        std::string text = generator.spell(acl);
        if (round % 3 == 0) text.pop_back();  // no end of the last line
        const std::string kept = to_zos_text(text);
        ASSERT_EQ(lines_of(kept), lines_of(text));
        ASSERT_TRUE(kept.ends_with('\n'));
        ASSERT_EQ(kept.find('\r'), kept.npos);
        ASSERT_EQ(parse(kept, "kept.acl").acl, acl);
        ASSERT_EQ(to_zos_text(kept), kept);
    }
}

}  // namespace
}  // namespace kpropgw::acl
