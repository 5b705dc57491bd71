#include <fmt/format.h>
#include <sysexits.h>

#include <memory>

#include "gateway/cli/commands.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/control/client.hpp"
#include "gateway/control/text.hpp"

namespace kpropgw::cli {
namespace {

void print_problems(const std::vector<std::string>& problems) {
    for (const std::string& problem : problems)
        fmt::print(stderr, "{}\n", problem);
}

int reload(const std::string& path) {
    // The gateway is asked even where the file has errors: it knows those of the other files too, and logs them all.
    const config::Reading reading = config::read(path);
    const auto answer = control::order_reload(reading.control_socket);
    if (!answer) {
        print_problems(reading.problems);
        const int status = fail(answer.error());
        return reading.config ? status : EX_CONFIG;
    }
    if (!answer->problems.empty()) {
        print_problems(answer->problems);
        fmt::print(stderr, "kpropgw: nothing was changed\n");
        return EX_CONFIG;
    }
    for (const std::string& change : answer->changes)
        fmt::print("{}\n", control::printable(change));
    if (answer->changes.empty()) fmt::print("nothing has changed\n");
    return EX_OK;
}

}  // namespace

Action set_up_reload(CLI::App& app) {
    auto path = std::make_shared<std::string>();
    add_config_option(app, *path);
    return [path] { return reload(*path); };
}

}  // namespace kpropgw::cli
