#include "gateway/net/dns.hpp"

#include <ares.h>
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>

#include <algorithm>
#include <deque>
#include <map>
#include <memory>

#include "base/nearest.hpp"

namespace kpropgw::net {
namespace {

using Clock = std::chrono::steady_clock;

/// So many hosts are asked for at a time: more at once only lose packets.
constexpr std::size_t window = 64;
/// For one server's answer, before c-ares asks the next.
constexpr int answer_timeout_ms = 2000;

struct DestroyChannel {
    void operator()(ares_channel channel) const { ares_destroy(channel); }
};
using Channel = std::unique_ptr<std::remove_pointer_t<ares_channel>, DestroyChannel>;

using AddressList = std::unique_ptr<ares_addrinfo, decltype(&ares_freeaddrinfo)>;

Error failure(int status, std::string_view context) {
    return Error(Errc::unavailable, ares_strerror(status)).in(context);
}

DnsOutcome to_outcome(int status) {
    switch (status) {
        case ARES_SUCCESS:
            return DnsOutcome::found;
        case ARES_ENOTFOUND:
        case ARES_ENODATA:
        case ARES_EBADNAME:
            return DnsOutcome::absent;
        default:
            return DnsOutcome::no_answer;
    }
}

std::string explain(int status) {
    switch (status) {
        case ARES_SUCCESS:
            return "";
        case ARES_ENOTFOUND:
            return "the name is not known";
        case ARES_ENODATA:
            return "the name has no address";
        case ARES_EBADNAME:
            return "it is no name for DNS";
        case ARES_ECANCELLED:
        case ARES_ETIMEOUT:
            return "no answer from DNS in time";
        case ARES_ESERVFAIL:
            return "the DNS server could not answer";
        case ARES_ECONNREFUSED:
            return "no DNS server could be reached";
        default:
            return ares_strerror(status);
    }
}

DnsAddress to_address(const sockaddr& address) {
    DnsAddress found;
    char text[INET6_ADDRSTRLEN] = "";
    if (address.sa_family == AF_INET) {
        sockaddr_in four{};
        std::copy_n(reinterpret_cast<const char*>(&address), sizeof four, reinterpret_cast<char*>(&four));
        ::inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
        found.is_loopback = ntohl(four.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    } else {
        sockaddr_in6 six{};
        std::copy_n(reinterpret_cast<const char*>(&address), sizeof six, reinterpret_cast<char*>(&six));
        ::inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
        found.is_loopback = IN6_IS_ADDR_LOOPBACK(&six.sin6_addr);
    }
    found.text = text;
    return found;
}

/// One run of look-ups: c-ares calls back into it, on this thread only.
class Lookup {
public:
    explicit Lookup(const std::vector<std::string>& names) {
        for (const std::string& name : names)
            hosts_.push_back({name, DnsOutcome::no_answer, explain(ARES_ETIMEOUT), to_lower(name), {}});
    }
    Lookup(const Lookup&) = delete;
    Lookup& operator=(const Lookup&) = delete;

    Result<void> open(const std::vector<std::string>& servers);
    void run(Clock::time_point deadline);
    std::vector<DnsHost> hosts() && { return std::move(hosts_); }

private:
    /// What a callback is about. c-ares promises each callback once, at the latest when the channel is destroyed.
    struct Question {
        Lookup* lookup;
        DnsHost* host;
        std::size_t address;
    };

    void ask_for_addresses(DnsHost& host);
    void ask_for_names(DnsHost& host, std::size_t address);
    void wait(Clock::time_point deadline);
    static void on_socket(void* self, ares_socket_t socket, int readable, int writable);
    static void on_addresses(void* question, int status, int timeouts, ares_addrinfo* result);
    static void on_names(void* question, int status, int timeouts, hostent* result);

    std::vector<DnsHost> hosts_;      // not resized while questions point into it
    std::deque<Question> questions_;  // keeps its elements in place
    std::map<ares_socket_t, short> sockets_;
    std::size_t pending_ = 0;
    bool stopped_ = false;
    Channel channel_;  // goes first: its callbacks use the rest
};

Result<void> Lookup::open(const std::vector<std::string>& servers) {
    static const int library = ares_library_init(ARES_LIB_INIT_ALL);
    if (library != ARES_SUCCESS) return failure(library, "DNS");
    ares_options options{};
    options.timeout = answer_timeout_ms;
    options.sock_state_cb = on_socket;
    options.sock_state_cb_data = this;
    std::string lookups = servers.empty() ? "fb" : "b";  // f: /etc/hosts, b: DNS
    options.lookups = lookups.data();
    ares_channel raw = nullptr;
    const int status =
        ares_init_options(&raw, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_SOCK_STATE_CB | ARES_OPT_LOOKUPS);
    if (status != ARES_SUCCESS) return failure(status, "DNS");
    channel_.reset(raw);
    if (servers.empty()) return {};
    const std::string list = fmt::format("{}", fmt::join(servers, ","));
    if (ares_set_servers_ports_csv(channel_.get(), list.c_str()) != ARES_SUCCESS) {
        return Error(Errc::invalid_input, fmt::format("\"{}\" is not ADDRESS or ADDRESS:PORT of a DNS server", list));
    }
    return {};
}

void Lookup::run(Clock::time_point deadline) {
    auto next = hosts_.begin();
    while ((pending_ > 0 || next != hosts_.end()) && Clock::now() < deadline) {
        while (next != hosts_.end() && pending_ < window)
            ask_for_addresses(*next++);
        if (pending_ > 0) wait(deadline);
    }
    stopped_ = true;
    ares_cancel(channel_.get());
}

void Lookup::ask_for_addresses(DnsHost& host) {
    ++pending_;
    ares_addrinfo_hints hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_flags = ARES_AI_CANONNAME | ARES_AI_NOSORT;
    ares_getaddrinfo(channel_.get(), host.name.c_str(), nullptr, &hints, on_addresses,
                     &questions_.emplace_back(Question{this, &host, 0}));
}

void Lookup::ask_for_names(DnsHost& host, std::size_t address) {
    ++pending_;
    const std::string& text = host.addresses[address].text;
    const int family = text.find(':') == text.npos ? AF_INET : AF_INET6;
    in6_addr binary{};
    ::inet_pton(family, text.c_str(), &binary);
    ares_gethostbyaddr(channel_.get(), &binary, family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr), family,
                       on_names, &questions_.emplace_back(Question{this, &host, address}));
}

void Lookup::wait(Clock::time_point deadline) {
    std::vector<pollfd> polled;
    for (const auto& [socket, events] : sockets_)
        polled.push_back({socket, events, 0});
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    timeval most{left / 1000, left % 1000 * 1000};
    timeval room{};
    const timeval* time = ares_timeout(channel_.get(), left > 0 ? &most : &room, &room);
    const int ready =
        ::poll(polled.data(), polled.size(), static_cast<int>(time->tv_sec * 1000 + time->tv_usec / 1000 + 1));
    if (ready <= 0) return ares_process_fd(channel_.get(), ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    for (const pollfd& one : polled) {
        const bool readable = (one.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
        const bool writable = (one.revents & POLLOUT) != 0;
        if (readable || writable) {
            ares_process_fd(channel_.get(), readable ? one.fd : ARES_SOCKET_BAD, writable ? one.fd : ARES_SOCKET_BAD);
        }
    }
}

void Lookup::on_socket(void* self, ares_socket_t socket, int readable, int writable) {
    auto& sockets = static_cast<Lookup*>(self)->sockets_;
    if (readable == 0 && writable == 0) {
        sockets.erase(socket);
    } else {
        sockets[socket] = static_cast<short>((readable != 0 ? POLLIN : 0) | (writable != 0 ? POLLOUT : 0));
    }
}

void Lookup::on_addresses(void* question, int status, int, ares_addrinfo* result) {
    const AddressList list(result, ares_freeaddrinfo);
    const auto [lookup, host, unused] = *static_cast<Question*>(question);
    --lookup->pending_;
    host->outcome = to_outcome(status);
    host->why = explain(status);
    if (status != ARES_SUCCESS || list == nullptr) return;
    for (const auto* alias = list->cnames; alias != nullptr; alias = alias->next) {
        if (alias->name != nullptr) host->canonical = to_lower(alias->name);
    }
    for (const auto* node = list->nodes; node != nullptr; node = node->ai_next)
        host->addresses.push_back(to_address(*node->ai_addr));
    for (std::size_t i = 0; i < host->addresses.size() && !lookup->stopped_; ++i)
        lookup->ask_for_names(*host, i);
}

void Lookup::on_names(void* question, int status, int, hostent* result) {
    const auto [lookup, host, index] = *static_cast<Question*>(question);
    --lookup->pending_;
    DnsAddress& address = host->addresses[index];
    address.outcome = to_outcome(status);
    if (status != ARES_SUCCESS || result == nullptr) return;
    const auto add = [&](const char* text) {
        const std::string name = to_lower(text);
        if (std::find(address.names.begin(), address.names.end(), name) == address.names.end()) {
            address.names.push_back(name);
        }
    };
    if (result->h_name != nullptr) add(result->h_name);
    for (char** alias = result->h_aliases; alias != nullptr && *alias != nullptr; ++alias)
        add(*alias);
}

}  // namespace

Result<std::vector<DnsHost>> look_up_hosts(const std::vector<std::string>& names, const DnsOptions& options) {
    Lookup lookup(names);
    if (auto opened = lookup.open(options.servers); !opened) return opened.error();
    lookup.run(Clock::now() + options.deadline);
    return std::move(lookup).hosts();
}

}  // namespace kpropgw::net
