#include "gateway/config/values.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <span>

namespace kpropgw::config {
namespace {

struct Unit {
    char letter;
    std::uint64_t worth;
};

constexpr std::array<Unit, 4> time_units{{{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}};
constexpr std::array<Unit, 4> size_units{{{'T', 1ull << 40}, {'G', 1ull << 30}, {'M', 1ull << 20}, {'K', 1ull << 10}}};

constexpr std::uint16_t default_iprop_port = 2121;  // MIT has none; ours is that of iprop_listen

Error wrong(std::string_view text, std::string_view what) {
    return Error(Errc::invalid_input, fmt::format("\"{}\" is {}", text, what));
}

/// The number and what stands after it.
std::optional<std::uint64_t> leading_number(std::string_view& text) {
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<std::uint64_t> with_unit(std::string_view text, std::span<const Unit> units, std::uint64_t highest) {
    const auto number = leading_number(text);
    if (!number || text.size() > 1) return std::nullopt;
    std::uint64_t worth = 1;
    if (!text.empty()) {
        worth = 0;
        for (const Unit& unit : units) {
            if (unit.letter == text[0]) worth = unit.worth;
        }
    }
    if (worth == 0 || *number > highest / worth) return std::nullopt;
    return *number * worth;
}

/// In the largest unit that leaves nothing over.
std::string in_units(std::uint64_t number, std::span<const Unit> units) {
    for (const Unit& unit : units) {
        if (number != 0 && number % unit.worth == 0) return fmt::format("{}{}", number / unit.worth, unit.letter);
    }
    return fmt::format("{}", number);
}

}  // namespace

Result<std::chrono::seconds> parse_duration(std::string_view text) {
    constexpr std::uint64_t century = 86400ull * 36525;
    const auto seconds = with_unit(text, time_units, century);
    if (!seconds) return wrong(text, "not a duration; write whole seconds, or a number with s, m, h or d");
    return std::chrono::seconds(*seconds);
}

std::string to_text(std::chrono::seconds duration) {
    return in_units(static_cast<std::uint64_t>(duration.count()), time_units);
}

Result<std::chrono::milliseconds> parse_interval(std::string_view text) {
    if (text.ends_with("ms")) {
        const auto number = parse_count(text.substr(0, text.size() - 2));
        if (number && *number <= INT32_MAX) return std::chrono::milliseconds(*number);
    } else if (const auto duration = parse_duration(text)) {
        return std::chrono::milliseconds(*duration);
    }
    return wrong(text, "not an interval; write whole seconds, or a number with ms, s, m, h or d");
}

std::string to_text(std::chrono::milliseconds interval) {
    if (interval.count() % 1000 != 0) return fmt::format("{}ms", interval.count());
    return to_text(std::chrono::duration_cast<std::chrono::seconds>(interval));
}

Result<Source> parse_source(std::string_view text) {
    constexpr std::string_view iprop = "iprop:";
    constexpr std::string_view ulog = "ulog:";
    const Error bad = wrong(text, "not a source; write kprop, iprop:HOST, iprop:HOST:PORT or ulog:FILE");
    if (text == "kprop") return Source{};
    if (text.starts_with(ulog) && text.size() > ulog.size()) {
        return Source{Source::Kind::ulog, "", 0, std::string(text.substr(ulog.size()))};
    }
    if (!text.starts_with(iprop)) return bad;
    const std::string_view rest = text.substr(iprop.size());
    const std::string_view host = rest.substr(0, rest.find(':'));
    if (host.empty() || host.find_first_of(" \t@/") != std::string_view::npos) return bad;
    if (host.size() == rest.size()) return Source{Source::Kind::iprop, std::string(host), default_iprop_port, ""};
    const auto port = parse_count(rest.substr(host.size() + 1));
    if (!port || *port == 0 || *port > std::numeric_limits<std::uint16_t>::max()) return bad;
    return Source{Source::Kind::iprop, std::string(host), static_cast<std::uint16_t>(*port), ""};
}

std::string to_text(const Source& source) {
    switch (source.kind) {
        case Source::Kind::iprop:
            return source.port == default_iprop_port ? "iprop:" + source.host
                                                     : fmt::format("iprop:{}:{}", source.host, source.port);
        case Source::Kind::ulog:
            return "ulog:" + source.file;
        default:
            return "kprop";
    }
}

Result<std::uint64_t> parse_size(std::string_view text) {
    const auto bytes = with_unit(text, size_units, std::numeric_limits<std::uint64_t>::max());
    if (!bytes) return wrong(text, "not a size; write bytes, or a number with K, M, G or T");
    return *bytes;
}

std::string to_size_text(std::uint64_t bytes) {
    return in_units(bytes, size_units);
}

Result<std::uint64_t> parse_count(std::string_view text) {
    std::string_view rest = text;
    const auto number = leading_number(rest);
    if (!number || !rest.empty()) return wrong(text, "not a number");
    return *number;
}

Result<Listen> parse_listen(std::string_view text) {
    const Error bad = wrong(text, "not an address and port; write \"[::]:754\", \"0.0.0.0:754\" or \"127.0.0.1:7754\"");
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return bad;
    std::string_view host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    const std::string address(host);
    std::array<unsigned char, sizeof(in6_addr)> binary{};
    if (::inet_pton(bracketed ? AF_INET6 : AF_INET, address.c_str(), binary.data()) != 1) return bad;
    const auto port = parse_count(text.substr(colon + 1));
    if (!port || *port > std::numeric_limits<std::uint16_t>::max()) return bad;
    return Listen{address, static_cast<std::uint16_t>(*port)};
}

std::string to_text(const Listen& listen) {
    const bool v6 = listen.address.find(':') != std::string::npos;
    return v6 ? fmt::format("[{}]:{}", listen.address, listen.port) : fmt::format("{}:{}", listen.address, listen.port);
}

}  // namespace kpropgw::config
