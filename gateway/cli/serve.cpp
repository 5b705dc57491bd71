#include "gateway/daemon/serve.hpp"

#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"

namespace kpropgw::cli {

Action set_up_serve(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    add_config_option(app, *path);
    return [path] {
        const auto config = read_config(*path);
        return config ? daemon::serve(*config) : EX_CONFIG;
    };
}

}  // namespace kpropgw::cli
