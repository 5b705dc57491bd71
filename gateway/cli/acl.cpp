#include "acl/acl.hpp"

#include <fmt/format.h>
#include <sysexits.h>
#include <unistd.h>

#include <CLI/Error.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <tuple>

#include "gateway/cli/codepage_option.hpp"
#include "gateway/cli/commands.hpp"
#include "gateway/cli/host_check.hpp"
#include "gateway/cli/input.hpp"
#include "gateway/cli/server_list.hpp"
#include "gateway/net/dns.hpp"

namespace kpropgw::cli {
namespace {

struct CheckArguments {
    std::string file;
    std::optional<std::string> codepage;
    std::optional<std::string> host;
    bool resolve = false;
    std::vector<std::string> dns_servers;
    unsigned timeout = 10;
};

/// What this machine calls itself; "" when it does not say.
std::string own_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// Adds what DNS says against the hosts and returns the exit status. `own` becomes the primary name of its host, as a
/// KDC finds its own entry.
Result<int> check_in_dns(const CheckArguments& arguments, const ServerText& text, acl::Reading& reading,
                         std::string& own) {
    std::vector<std::string> names;
    for (const acl::Entry& entry : reading.acl->entries)
        names.push_back(entry.host);
    if (!own.empty()) names.push_back(own);
    auto answers = net::look_up_hosts(names, {arguments.dns_servers, std::chrono::seconds(arguments.timeout)});
    if (!answers) return answers.error();
    if (!own.empty()) {
        own = answers->back().canonical;
        answers->pop_back();
    }
    auto found = check_hosts(*reading.acl, *answers, text.utf8, text.name);
    std::move(found.begin(), found.end(), std::back_inserter(reading.diagnostics));
    return status_of(*answers);
}

int check(const CheckArguments& arguments) {
    if (!arguments.resolve && !arguments.dns_servers.empty()) throw CLI::RequiredError("--resolve with --server");
    const auto text = read_server_text(arguments.file, arguments.codepage);
    if (!text) return fail(text.error());
    acl::Reading reading = acl::parse(text->utf8, text->name);
    int status = reading.acl ? EX_OK : EX_DATAERR;
    std::string own = arguments.host.value_or(own_name());
    if (reading.acl && arguments.resolve) {
        const auto outcome = check_in_dns(arguments, *text, reading, own);
        if (!outcome) return fail(outcome.error());
        status = *outcome;
    }
    if (reading.acl) {
        auto warning = acl::check_own_entry(*reading.acl, own, text->utf8, text->name);
        if (warning) reading.diagnostics.push_back(*std::move(warning));
    }
    std::stable_sort(reading.diagnostics.begin(), reading.diagnostics.end(), [](const auto& a, const auto& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    print_diagnostics(reading);
    if (!reading.acl && arguments.resolve)
        fmt::print(stderr, "{}: hosts are looked up when no errors are left\n", text->name);
    fmt::print(status == EX_OK ? stdout : stderr, "{}: {}\n", text->name, summary(reading));
    return status;
}

}  // namespace

Action set_up_acl_check(CLI::App& app) {
    auto arguments = std::make_shared<CheckArguments>();
    app.add_option("FILE", arguments->file, "the file; - is stdin")->required();
    add_codepage_option(app, arguments->codepage);
    app.add_option("--host", arguments->host, "the host whose own entry is looked at; this one when absent")
        ->type_name("NAME");
    app.add_flag("--resolve", arguments->resolve, "look every host up in DNS, and its addresses back");
    app.add_option("--server", arguments->dns_servers, "the DNS server to ask instead of this machine's; may repeat")
        ->type_name("ADDR[:PORT]")
        ->allow_extra_args(false);
    app.add_option("--timeout", arguments->timeout, "for all look-ups together")
        ->type_name("SECONDS")
        ->check(CLI::Range(1, 3600))
        ->capture_default_str();
    return [arguments] { return check(*arguments); };
}

}  // namespace kpropgw::cli
