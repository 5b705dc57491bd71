#include <fmt/format.h>

#include "gateway/config/options.hpp"

namespace kpropgw::config {
namespace {

/// libkrb5's parser takes blanks at the ends away and reads escapes in quotes only.
std::string quoted_where_needed(const std::string& value) {
    if (value.find_first_of("\"\\\t\n") == std::string::npos && value.front() != ' ' && value.back() != ' ')
        return value;
    std::string text = "\"";
    for (const char c : value) {
        switch (c) {
            case '"':
                text += "\\\"";
                break;
            case '\\':
                text += "\\\\";
                break;
            case '\n':
                text += "\\n";
                break;
            case '\t':
                text += "\\t";
                break;
            default:
                text += c;
        }
    }
    return text + "\"";
}

void append(std::string& out, std::string_view indent, const Option& option, const std::optional<std::string>& value) {
    // A line that can be read again; what is not set stands as a comment.
    out += value && !value->empty() ? fmt::format("{}{} = {}\n", indent, option.key, quoted_where_needed(*value))
                                    : fmt::format("{}# {} is not set: {}\n", indent, option.key, option.absent);
}

void append_secondaries(std::string& out, const Config& config) {
    for (const auto& [host, secondary] : config.secondaries) {
        out += fmt::format("    {} = {{\n", host);
        for (const Option& option : options()) {
            if (option.section == "secondary") append(out, "        ", option, written(option, config, &secondary));
        }
        out += "    }\n";
    }
}

std::vector<std::string> keys_for_a_restart() {
    std::vector<std::string> keys;
    for (const Option& option : options()) {
        if (!option.live) keys.push_back(fmt::format("{}.{}", option.section, option.key));
    }
    return keys;
}

}  // namespace

std::string show(const Config& config) {
    std::string out = fmt::format("# {}\n# What takes a restart to change: {}. A reload changes the rest.\n",
                                  config.file, fmt::join(keys_for_a_restart(), ", "));
    std::string_view section;
    for (const Option& option : options()) {
        if (option.section != section) {
            section = option.section;
            out += fmt::format("[{}]\n", section);
            if (section == "secondary") append_secondaries(out, config);
        }
        if (section != "secondary") append(out, "    ", option, written(option, config));
    }
    return out;
}

}  // namespace kpropgw::config
