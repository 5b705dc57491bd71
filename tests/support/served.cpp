#include "support/served.hpp"

#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace kpropgw::testing {

using namespace std::chrono_literals;

Served::Served(const Site& site, const Environment& environment)
    : pid_file_((site.realm.home_of("gateway") / "served.pid").string()) {
    std::filesystem::remove(pid_file_);
    std::vector<std::string> command{"env"};
    for (const auto& [name, value] : environment)
        command.push_back(name + '=' + value);
    command.insert(command.end(), {"sh", "-c", R"(echo $$ >"$1.new" && mv "$1.new" "$1" && exec "$2" serve -c "$3")",
                                   "sh", pid_file_, KPROPGW_BINARY, site.gateway().configuration().string()});
    running_ = std::async(std::launch::async, [&site, command] { return site.realm.run_as("gateway", command); });
}

Served::~Served() {
    if (!running_.valid()) return;
    if (!has_ended()) ::kill(pid(), SIGKILL);
    running_.wait();
}

pid_t Served::pid() const {
    for (int looks = 0; looks < 1000; ++looks) {
        pid_t pid = 0;
        if (std::ifstream{pid_file_} >> pid) return pid;
        std::this_thread::sleep_for(10ms);
    }
    throw std::runtime_error("kpropgw was not started");
}

void Served::signal(int number) const {
    if (::kill(pid(), number) != 0) throw std::runtime_error("kpropgw was gone before it got the signal");
}

bool Served::has_ended() const {
    return !running_.valid() || running_.wait_for(0s) == std::future_status::ready;
}

const Finished& Served::end() {
    if (running_.valid()) finished_ = running_.get();
    return finished_;
}

}  // namespace kpropgw::testing
