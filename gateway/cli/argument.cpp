#include "gateway/cli/argument.hpp"

#include <sstream>

namespace kpropgw::cli {
namespace {

/// CLI11 joins the name of a value and what is checked by a colon; one in brackets belongs to the name.
std::size_t end_of_name(const std::string& type) {
    int depth = 0;
    for (std::size_t i = 0; i < type.size(); ++i) {
        if (type[i] == '[') ++depth;
        if (type[i] == ']') --depth;
        if (type[i] == ':' && depth == 0) return i;
    }
    return type.size();
}

/// "{a,b,c}", as CLI::IsMember describes itself.
std::vector<std::string> split_choices(const std::string& allowed) {
    std::vector<std::string> choices;
    if (allowed.size() < 2 || allowed.front() != '{' || allowed.back() != '}') return choices;
    std::istringstream in(allowed.substr(1, allowed.size() - 2));
    for (std::string choice; std::getline(in, choice, ',');)
        choices.push_back(choice);
    return choices;
}

Argument argument_of(const CLI::Option& option) {
    Argument argument;
    for (const std::string& name : option.get_snames())
        argument.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames())
        argument.names.push_back("--" + name);
    const std::string type = option.get_type_name();
    const std::size_t end = end_of_name(type);
    if (option.get_items_expected_max() > 0) {
        argument.value = argument.names.empty() ? option.get_name(true) : type.substr(0, end);
    }
    argument.allowed = type.substr(std::min(end + 1, type.size()));
    argument.choices = split_choices(argument.allowed);
    argument.text = option.get_description();
    argument.fallback = option.get_default_str();
    argument.required = option.get_required();
    argument.repeats = option.get_items_expected_max() > 1;
    return argument;
}

}  // namespace

std::vector<Argument> arguments_of(const CLI::App& command) {
    std::vector<Argument> arguments;
    for (const CLI::Option* option : command.get_options()) {
        if (option == command.get_help_ptr() || option == command.get_version_ptr()) continue;
        arguments.push_back(argument_of(*option));
    }
    return arguments;
}

std::vector<const CLI::App*> commands_below(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App* sub) { return !sub->get_group().empty(); });
}

}  // namespace kpropgw::cli
