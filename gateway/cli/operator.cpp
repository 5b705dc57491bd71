#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/console_order.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {
namespace {

struct OperatorArguments {
    std::string config;
    std::vector<std::string> order;
};

/// The command that these words begin with, and the rest as its arguments.
int run(const std::vector<std::string>& words, const std::string& config) {
    const bool display = words.front() == "display";
    CLI::App app;
    const Action action = display ? set_up_display_prop(app) : set_up_prop(app);
    // CLI11 takes the last argument first.
    std::vector<std::string> arguments{config, "--config"};
    if (!display) arguments.insert(arguments.end(), words.rbegin(), words.rend() - 1);
    app.parse(std::move(arguments));
    return action();
}

int obey(const OperatorArguments& arguments) {
    std::string text;
    for (const std::string& word : arguments.order)
        text += (text.empty() ? "" : " ") + word;
    const auto words = parse_console_order(text);
    if (!words) return fail(words.error());
    return run(*words, arguments.config);
}

}  // namespace

Action set_up_operator(CLI::App& app) {
    auto arguments = std::make_shared<OperatorArguments>();
    app.add_option("ORDER", arguments->order, "'PROP HOST', 'DISPLAY PROP', 'F SKRBKDC,PROP HOST'; in any case")
        ->required();
    add_config_option(app, arguments->config);
    return [arguments] { return obey(*arguments); };
}

}  // namespace kpropgw::cli
