#include "gateway/control/refresh.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"

namespace kpropgw::cli {
namespace {

int refresh(const std::string& path) {
    const auto config = read_config(path);
    if (!config) return EX_CONFIG;
    const auto found = control::order_refresh(config->control_socket);
    if (!found) return fail(found.error());
    if (found->before == found->after) {
        fmt::print("{}: nothing new, serial {}\n", found->source, found->after);
    } else {
        fmt::print("{}: serial {} to {}\n", found->source, found->before, found->after);
    }
    if (!found->full_comes) return EX_OK;
    fmt::print(stderr, "kpropgw: {} was asked for its whole registry, which it pushes; \"kpropgw status\" shows it\n",
               found->source);
    return EX_TEMPFAIL;
}

}  // namespace

Action set_up_refresh(CLI::App& app) {
    auto config = std::make_shared<std::string>();
    add_config_option(app, *config);
    return [config] { return refresh(*config); };
}

}  // namespace kpropgw::cli
