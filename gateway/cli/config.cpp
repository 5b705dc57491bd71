#include "gateway/config/config.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/config_check.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {

Action set_up_config_check(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    add_config_option(app, *path);
    return [path] {
        const auto config = read_config(*path);
        return config && check_files(*config) ? EX_OK : EX_CONFIG;
    };
}

Action set_up_config_show(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    add_config_option(app, *path);
    return [path] {
        const auto config = read_config(*path);
        if (!config) return EX_CONFIG;
        fmt::print("{}", config::show(*config));
        return EX_OK;
    };
}

}  // namespace kpropgw::cli
