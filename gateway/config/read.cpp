#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

#include "base/nearest.hpp"
#include "gateway/config/options.hpp"
#include "gateway/config/profile.hpp"
#include "gateway/config/values.hpp"

namespace kpropgw::config {
namespace {

constexpr const char* interval_variable = "SKDC_KPROP_INTERVAL";

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

/// `{ key = value, key = value }` on one line, which libkrb5's parser takes as a value. Absent when it is something
/// else.
std::optional<std::vector<Node>> parse_braces(std::string_view text) {
    if (text.size() < 2 || text.front() != '{' || text.back() != '}') return std::nullopt;
    text = trimmed(text.substr(1, text.size() - 2));
    std::vector<Node> nodes;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(",;"), text.size());
        const std::string_view item = text.substr(0, end);
        const std::size_t equals = item.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        nodes.push_back({std::string(trimmed(item.substr(0, equals))), std::string(trimmed(item.substr(equals + 1)))});
        text = trimmed(text.substr(std::min(end + 1, text.size())));
    }
    return nodes;
}

/// Walks the file once and gathers every problem.
class Reader {
public:
    Reader(const std::string& path, const Profile& profile)
        : path_(path), directory_(std::filesystem::absolute(path).parent_path().string()), profile_(profile) {
        config_.file = std::filesystem::absolute(path).lexically_normal().string();
    }

    Reading read() {
        set_defaults();
        std::vector<std::string_view> known;
        for (const Option& option : options()) {
            if (known.empty() || known.back() != option.section) known.push_back(option.section);
        }
        for (const Node& section : list({})) {
            if (std::find(known.begin(), known.end(), section.name) == known.end()) {
                problem(fmt::format("[{0}]: section \"{0}\" is not known{1}", section.name,
                                    did_you_mean(section.name, known)));
            } else if (section.name == "secondary") {
                read_secondaries();
            } else {
                read_keys("[" + section.name + "] ", section.name, list({section.name}),
                          {config_, nullptr, directory_});
            }
        }
        if (!set_.contains("[gateway] prop_interval")) read_environment();
        if (config_.retry_min > config_.retry_max) {
            problem(fmt::format("[gateway] retry_min: {} is more than retry_max, which is {}",
                                to_text(config_.retry_min), to_text(config_.retry_max)));
        }
        std::string control_socket = config_.control_socket;
        if (!problems_.empty()) return {std::nullopt, std::move(problems_), std::move(control_socket)};
        return {std::move(config_), {}, std::move(control_socket)};
    }

private:
    void problem(const std::string& text) { problems_.push_back(path_ + ": " + text); }

    std::vector<Node> list(const std::vector<std::string>& section) {
        auto nodes = profile_.list(section);
        if (nodes) return std::move(*nodes);
        problems_.push_back(nodes.error().text());
        return {};
    }

    void set_defaults() {
        for (const Option& option : options()) {
            if (option.fallback.empty()) continue;
            if (auto ok = assign(option, option.fallback, {config_, nullptr, directory_}); !ok) {
                problem(ok.error().in(option.key).text());
            }
        }
    }

    /// `place` stands before the key in problems.
    void read_keys(const std::string& place, std::string_view section, const std::vector<Node>& nodes,
                   const Target& target) {
        for (const Node& node : nodes) {
            const std::string name = place + node.name;
            const Option* option = find_option(section, node.name);
            if (option == nullptr) {
                problem(name + ": key is not known" + did_you_mean(node.name, keys_of(section)));
            } else if (!node.value) {
                problem(name + ": takes a value, not a section in braces");
            } else if (!set_.insert(name).second) {
                problem(name + ": is set more than once");
            } else if (auto ok = assign(*option, *node.value, target); !ok) {
                problem(ok.error().in(name).text());
            }
        }
    }

    static std::vector<std::string_view> keys_of(std::string_view section) {
        std::vector<std::string_view> keys;
        for (const Option& option : options()) {
            if (option.section == section) keys.push_back(option.key);
        }
        return keys;
    }

    void read_secondaries() {
        for (const Node& node : list({"secondary"})) {
            const std::string name = "[secondary] " + node.name;
            const auto [host, fresh] = config_.secondaries.try_emplace(to_lower(node.name));
            const auto nodes = node.value ? parse_braces(*node.value) : std::optional(list({"secondary", node.name}));
            if (!nodes) {
                problem(name + ": \"" + *node.value + "\" is not of the form \"{ dump = r13, min_rate = 64K }\"");
            } else if (!fresh) {
                problem(name + ": is set more than once");
            } else {
                read_keys(name + " ", "secondary", *nodes, {config_, &host->second, directory_});
            }
        }
    }

    /// z/OS gives the interval in minutes; kpropgw.conf's way of writing it is taken too.
    void read_environment() {
        const char* const value = std::getenv(interval_variable);
        if (value == nullptr || *value == '\0') return;
        const std::string text = parse_count(value) ? std::string(value) + "m" : value;
        const Target target{config_, nullptr, directory_};
        if (auto ok = assign(*find_option("gateway", "prop_interval"), text, target); !ok) {
            problems_.push_back(ok.error().in(std::string("environment: ") + interval_variable).text());
        }
    }

    std::string path_;
    std::string directory_;
    const Profile& profile_;
    Config config_;
    std::set<std::string, std::less<>> set_;
    std::vector<std::string> problems_;
};

}  // namespace

Reading read(const std::string& path) {
    const auto profile = Profile::open(path);
    if (profile) return Reader(path, *profile).read();
    const std::string control_socket(find_option("gateway", "control")->fallback);
    if (profile.error().code() != Errc::not_found) return {std::nullopt, {profile.error().text()}, control_socket};
    return {std::nullopt,
            {path + ": there is no such file; name the right one by -c FILE or KPROPGW_CONFIG"},
            control_socket};
}

std::string default_path() {
    const char* const value = std::getenv("KPROPGW_CONFIG");
    return value != nullptr && *value != '\0' ? value : "/etc/kpropgw/kpropgw.conf";
}

}  // namespace kpropgw::config
