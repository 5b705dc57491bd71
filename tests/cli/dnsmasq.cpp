#include "tests/cli/dnsmasq.hpp"

#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "gateway/net/dns.hpp"

namespace kpropgw::cli {
namespace {

std::vector<std::string> command_for(std::uint16_t port, const std::vector<std::string>& records) {
    std::vector<std::string> command{"/usr/sbin/dnsmasq",
                                     "--keep-in-foreground",
                                     "--conf-file=/dev/null",
                                     "--no-resolv",
                                     "--no-hosts",
                                     "--pid-file=",
                                     "--log-facility=/dev/null",
                                     "--user=" + std::string(::geteuid() == 0 ? "root" : ""),
                                     "--bind-interfaces",
                                     "--listen-address=127.0.0.1",
                                     "--port=" + std::to_string(port),
                                     "--host-record=ready.test,192.0.2.254"};
    command.insert(command.end(), records.begin(), records.end());
    return command;
}

bool answers(const std::string& server) {
    const auto hosts = net::look_up_hosts({"ready.test"}, {{server}, std::chrono::milliseconds(200)});
    return hosts && hosts->front().outcome == net::DnsOutcome::found;
}

}  // namespace

SilentServer::SilentServer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(socket_, generic, size) != 0 || ::getsockname(socket_, generic, &size) != 0) {
        throw std::runtime_error("no UDP port of 127.0.0.1 is free");
    }
    port_ = ntohs(address.sin_port);
}

SilentServer::~SilentServer() {
    ::close(socket_);
}

Dnsmasq::Dnsmasq(const std::vector<std::string>& records) : port_(SilentServer().port()) {
    const auto command = command_for(port_, records);
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::execv(arguments[0], arguments.data());
        ::_exit(127);
    }
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (answers(address())) return;
        if (::waitpid(pid_, nullptr, WNOHANG) == pid_) break;
        ::usleep(20000);
    }
    throw std::runtime_error("dnsmasq (package dnsmasq-base) does not answer on " + address());
}

Dnsmasq::~Dnsmasq() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
}

}  // namespace kpropgw::cli
