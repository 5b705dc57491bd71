#include "gateway/cli/host_check.hpp"

#include <fmt/format.h>
#include <sysexits.h>

#include <algorithm>
#include <string>

namespace kpropgw::cli {
namespace {

using acl::Diagnostic;
using net::DnsAddress;
using net::DnsHost;
using net::DnsOutcome;

/// "" when there is nothing against the address.
std::string fault_of(const DnsAddress& address, const DnsHost& host) {
    if (address.is_loopback) {
        return fmt::format(
            "\"{}\" resolves to {}, where every host reaches itself; give it the address that others use", host.name,
            address.text);
    }
    if (address.outcome == DnsOutcome::no_answer) {
        return fmt::format("no answer from DNS for the name of {}, the address of \"{}\"", address.text, host.name);
    }
    if (address.names.empty()) {
        return fmt::format(
            "{}, the address of \"{}\", has no name in DNS; who is pushed to from there cannot look it up",
            address.text, host.name);
    }
    if (address.names.size() > 1) {
        return fmt::format("{}, the address of \"{}\", has several names in DNS, {}; which is answered first is chance",
                           address.text, host.name, fmt::join(address.names, ", "));
    }
    if (address.names.front() != host.canonical) {
        return fmt::format(
            "{}, the address of \"{}\", is \"{}\" in DNS; who is pushed to from there looks up that name", address.text,
            host.name, address.names.front());
    }
    return "";
}

}  // namespace

std::vector<Diagnostic> check_hosts(const acl::Acl& acl, const std::vector<DnsHost>& answers, std::string_view utf8,
                                    std::string_view file) {
    std::vector<Diagnostic> found;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const DnsHost& host = answers[i];
        const auto report = [&](Diagnostic::Severity severity, std::string text) {
            found.push_back(acl::about_host(acl.entries[i], severity, std::move(text), utf8, file));
        };
        if (host.outcome != DnsOutcome::found) {
            report(Diagnostic::Severity::error, fmt::format("\"{}\" does not resolve: {}", host.name, host.why));
            continue;
        }
        if (host.canonical != host.name) {
            report(Diagnostic::Severity::warning,
                   fmt::format("\"{}\" is an alias; write \"{}\", the primary name of the host", host.name,
                               host.canonical));
        }
        for (const DnsAddress& address : host.addresses) {
            if (auto fault = fault_of(address, host); !fault.empty()) {
                report(Diagnostic::Severity::warning, std::move(fault));
            }
        }
    }
    return found;
}

int status_of(const std::vector<DnsHost>& answers) {
    const auto any = [&](DnsOutcome outcome) {
        return std::any_of(answers.begin(), answers.end(),
                           [outcome](const DnsHost& host) { return host.outcome == outcome; });
    };
    if (any(DnsOutcome::absent)) return EX_DATAERR;
    return any(DnsOutcome::no_answer) ? EX_UNAVAILABLE : EX_OK;
}

}  // namespace kpropgw::cli
