#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/nearest.hpp"
#include "formats/dump/version.hpp"
#include "gateway/config/options.hpp"
#include "gateway/config/values.hpp"

namespace kpropgw::config {
namespace {

constexpr std::string_view lmdb_scheme = "lmdb:";
constexpr std::string_view off = "off";

Error wrong(std::string text) {
    return Error(Errc::invalid_input, std::move(text));
}

std::string joined(std::span<const std::string_view> words) {
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string from_directory(const Target& target, std::string_view path) {
    return (std::filesystem::path(target.directory) / path).lexically_normal().string();
}

std::string number_text(Type type, std::uint64_t number) {
    switch (type) {
        case Type::duration:
            return to_text(std::chrono::seconds(number));
        case Type::interval:
            return to_text(std::chrono::milliseconds(number));
        case Type::size:
            return to_size_text(number);
        default:
            return fmt::format("{}", number);
    }
}

/// A duration in seconds, a size or a count, within the option's range.
Result<std::uint64_t> parse_number(const Option& option, std::string_view value) {
    Result<std::uint64_t> number = option.type == Type::size ? parse_size(value) : parse_count(value);
    if (option.type == Type::duration) {
        const auto duration = parse_duration(value);
        number = duration ? Result<std::uint64_t>(static_cast<std::uint64_t>(duration->count())) : duration.error();
    }
    if (option.type == Type::interval) {
        const auto interval = parse_interval(value);
        number = interval ? Result<std::uint64_t>(static_cast<std::uint64_t>(interval->count())) : interval.error();
    }
    if (number && (*number < option.range.low || *number > option.range.high)) {
        return wrong(fmt::format("\"{}\" is out of range; {} to {} is allowed", value,
                                 number_text(option.type, option.range.low),
                                 number_text(option.type, option.range.high)));
    }
    return number;
}

Result<std::size_t> parse_choice(const Option& option, std::string_view value) {
    const auto found = std::find(option.choices.begin(), option.choices.end(), value);
    if (found != option.choices.end()) return static_cast<std::size_t>(found - option.choices.begin());
    return wrong(fmt::format("\"{}\" is not available; allowed: {}{}", value, joined(option.choices),
                             did_you_mean(value, option.choices)));
}

Result<std::string> parse_string(const Option& option, std::string_view value, const Target& target) {
    switch (option.type) {
        case Type::choice: {
            const auto index = parse_choice(option, value);
            if (!index) return index.error();
            return std::string(option.choices[*index]);
        }
        case Type::name:
            if (value.find_first_of(" \t@/") != std::string_view::npos) {
                return wrong(fmt::format("\"{}\" is not one name; no blank, \"@\" or \"/\" is allowed", value));
            }
            return std::string(value);
        case Type::store:
            if (!value.starts_with(lmdb_scheme) || value.size() == lmdb_scheme.size()) {
                return wrong(fmt::format("\"{}\" is not a store; write lmdb:DIRECTORY", value));
            }
            return from_directory(target, value.substr(lmdb_scheme.size()));
        case Type::path:
            return from_directory(target, value);
        default:
            return std::string(value);
    }
}

/// One overload for each kind of Member.
struct Assign {
    const Option& option;
    std::string_view value;
    const Target& target;

    template <class T, class To>
    static Result<void> keep(const Result<T>& parsed, To& into) {
        if (!parsed) return parsed.error();
        into = static_cast<To>(*parsed);
        return {};
    }

    Result<void> operator()(std::string Config::*member) const {
        return keep(parse_string(option, value, target), target.config.*member);
    }
    Result<void> operator()(std::optional<std::string> Config::*member) const {
        return keep(parse_string(option, value, target), target.config.*member);
    }
    Result<void> operator()(std::chrono::seconds Config::*member) const {
        return keep(parse_number(option, value), target.config.*member);
    }
    Result<void> operator()(std::chrono::milliseconds Config::*member) const {
        return keep(parse_number(option, value), target.config.*member);
    }
    Result<void> operator()(Source Config::*member) const {
        auto source = parse_source(value);
        if (source && source->kind == Source::Kind::ulog) source->file = from_directory(target, source->file);
        return keep(source, target.config.*member);
    }
    Result<void> operator()(std::uint64_t Config::*member) const {
        return keep(parse_number(option, value), target.config.*member);
    }
    Result<void> operator()(std::uint32_t Config::*member) const {
        return keep(parse_number(option, value), target.config.*member);
    }
    Result<void> operator()(Listen Config::*member) const { return keep(parse_listen(value), target.config.*member); }
    Result<void> operator()(std::optional<Listen> Config::*member) const {
        if (value != off) return keep(parse_listen(value), target.config.*member);
        (target.config.*member).reset();
        return {};
    }
    Result<void> operator()(DnsCheck Config::*member) const {
        return keep(parse_choice(option, value), target.config.*member);
    }
    Result<void> operator()(std::optional<formats::DumpVersion> Secondary::*member) const {
        return keep(formats::parse_dump_version(value), target.secondary->*member);
    }
    Result<void> operator()(std::optional<std::uint64_t> Secondary::*member) const {
        return keep(parse_number(option, value), target.secondary->*member);
    }
    Result<void> operator()(bool Secondary::*member) const {
        return keep(parse_choice(option, value), target.secondary->*member);
    }
};

/// The inverse of Assign.
struct Write {
    const Option& option;
    const Config& config;
    const Secondary* secondary;

    using Text = std::optional<std::string>;
    Text operator()(std::string Config::*member) const {
        const std::string& value = config.*member;
        if (value.empty()) return std::nullopt;
        return option.type == Type::store ? std::string(lmdb_scheme) + value : value;
    }
    Text operator()(std::optional<std::string> Config::*member) const { return config.*member; }
    Text operator()(std::chrono::seconds Config::*member) const { return to_text(config.*member); }
    Text operator()(std::chrono::milliseconds Config::*member) const { return to_text(config.*member); }
    Text operator()(Source Config::*member) const { return to_text(config.*member); }
    Text operator()(std::uint64_t Config::*member) const { return number_text(option.type, config.*member); }
    Text operator()(std::uint32_t Config::*member) const { return number_text(option.type, config.*member); }
    Text operator()(Listen Config::*member) const { return to_text(config.*member); }
    Text operator()(std::optional<Listen> Config::*member) const {
        const auto& listen = config.*member;
        return listen ? to_text(*listen) : std::string(off);
    }
    Text operator()(DnsCheck Config::*member) const {
        return std::string(option.choices[static_cast<std::size_t>(config.*member)]);
    }
    Text operator()(std::optional<formats::DumpVersion> Secondary::*member) const {
        const auto value = secondary->*member;
        return value ? Text(formats::to_text(*value)) : std::nullopt;
    }
    Text operator()(std::optional<std::uint64_t> Secondary::*member) const {
        const auto value = secondary->*member;
        return value ? Text(number_text(option.type, *value)) : std::nullopt;
    }
    Text operator()(bool Secondary::*member) const { return std::string(option.choices[secondary->*member ? 1 : 0]); }
};

}  // namespace

Result<void> assign(const Option& option, std::string_view value, const Target& target) {
    // libkrb5's parser takes the rest of a line as the value.
    for (const std::string_view mark : {" ;", " #", "\t;", "\t#"}) {
        if (value.find(mark) != std::string_view::npos) {
            return wrong(fmt::format("\"{}\" holds a comment; put it on a line of its own", value));
        }
    }
    if (value.empty()) return wrong("no value");
    return std::visit(Assign{option, value, target}, option.member);
}

std::optional<std::string> written(const Option& option, const Config& config, const Secondary* secondary) {
    return std::visit(Write{option, config, secondary}, option.member);
}

}  // namespace kpropgw::config
