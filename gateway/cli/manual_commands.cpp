#include <fmt/format.h>

#include <array>

#include "gateway/cli/argument.hpp"
#include "gateway/cli/manual.hpp"
#include "gateway/cli/roff.hpp"

namespace kpropgw::cli {
namespace {

constexpr std::array example_table{
    Example{"kpropgw acl check kpropd.acl", "Every problem of a list of servers, before the gateway meets it."},
    Example{"kpropgw config check -c kpropgw.conf", "The same for the configuration and the files that it names."},
    Example{"kpropgw dump verify today --against yesterday",
            "What in a dump would fail a secondary, and what has vanished since yesterday."},
    Example{"kpropgw dump diff yesterday today --summary", "What changed between two dumps, in words."},
    Example{"kpropgw dump convert today --to compat -o compat --report lost",
            "A dump for MIT 1.2.1, and what that release cannot be told."},
};

constexpr std::string_view description =
    "stands between the primary KDC of a Kerberos realm and its secondaries. It takes the primary's registry in, keeps "
    "it "
    "with a serial for every change, and sends each secondary what that secondary can load. Commands on files\n(";

constexpr std::string_view after_commands = R"(.SH EXIT STATUS
Those of sysexits.h.
.TP
.B 0
done
.TP
.B 1
by
.B dump diff \-\-exit\-code\fR:
the dumps differ
.TP
.B 64
wrong usage
.TP
.B 65
bad data
.TP
.B 66
no such input
.TP
.B 69
unavailable: no gateway answers, or not every secondary has what it should have
.TP
.B 70
a fault of kpropgw itself
.TP
.B 74
the output cannot be written
.TP
.B 75
not yet; try again
.TP
.B 77
refused
.TP
.B 78
the configuration has errors
.SH ENVIRONMENT
.TP
.B KPROPGW_CONFIG
the configuration where
.B \-c
does not name one
.TP
.B SKDC_KPROP_INTERVAL
the time between propagations where
.B prop_interval
is not set: minutes, as on z/OS, or a number with s, m, h or d
.SH FILES
.TP
.I /etc/kpropgw/kpropgw.conf
the configuration, see kpropgw.conf(5)
.TP
.I /etc/kpropgw/kpropd.acl
the servers of the realm and their roles, see kpropgw.acl(5)
.TP
.I /etc/kpropgw/kpropd.ktf
the key of host/HOST@REALM
.TP
.I /var/lib/kpropgw
the registry and its journal; as sensitive as a KDC's database
.TP
.I /run/kpropgw/control.sock
where the gateway takes orders
)";

std::string join(const std::vector<std::string>& parts, std::string_view between) {
    return fmt::format("{}", fmt::join(parts, between));
}

/// "-o, --output OUT", or "FILE".
std::string term(const Argument& argument) {
    std::vector<std::string> names;
    for (const std::string& name : argument.names)
        names.push_back(bold(name));
    std::string text = join(names, ", ");
    if (!argument.value.empty()) text += (text.empty() ? "" : " ") + italic(argument.value);
    return text;
}

/// As the synopsis has it: "[-o OUT]", "FILE", "HOST ...".
std::string use(const Argument& argument) {
    std::string text = argument.names.empty() ? "" : bold(argument.names.front());
    if (!argument.value.empty()) text += (text.empty() ? "" : " ") + italic(argument.value);
    if (!argument.required) text = "[" + text + "]";
    return argument.repeats ? text + " ..." : text;
}

std::string synopsis(const std::string& name, const std::vector<Argument>& arguments) {
    // Options first, then what is told by its place.
    std::string options;
    std::string places;
    for (const Argument& argument : arguments)
        (argument.names.empty() ? places : options) += " " + use(argument);
    return bold(name) + options + places + "\n";
}

std::string explained(const Argument& argument) {
    std::string text = ".TP\n" + term(argument) + "\n" + roff(argument.text);
    if (!argument.choices.empty()) {
        text += roff("; one of " + join(argument.choices, ", "));
    } else if (!argument.allowed.empty()) {
        text += roff("; " + argument.allowed);
    }
    if (!argument.fallback.empty()) text += roff("; default ") + bold(argument.fallback);
    return text + "\n";
}

void append_command(std::string& out, const std::string& name, const CLI::App& app) {
    const auto below = commands_below(app);
    for (const CLI::App* sub : below)
        append_command(out, name + " " + sub->get_name(), *sub);
    if (!below.empty()) return;
    const auto arguments = arguments_of(app);
    out += ".SS " + roff(name) + "\n" + synopsis(name, arguments) + ".PP\n" + roff(app.get_description()) + "\n";
    for (const Argument& argument : arguments)
        out += explained(argument);
}

}  // namespace

std::span<const Example> examples() {
    return example_table;
}

std::string manual_of_commands(const CLI::App& app) {
    std::string out = page_title("KPROPGW", "8");
    out += ".SH NAME\nkpropgw \\- " + roff(app.get_description()) + "\n";
    out += ".SH SYNOPSIS\n" + bold("kpropgw") + " " + italic("COMMAND") + " [" + italic("ARGUMENT") + "] ...\n.br\n" +
           bold("kpropgw") + " [" + italic("COMMAND") + "] " + bold("--help") + "\n.br\n" + bold("kpropgw") + " " +
           bold("--version") + "\n";
    out += ".SH DESCRIPTION\n.B kpropgw\n" + roff(description) + bold("acl") + ", " + bold("codepage") + ", " +
           bold("dump") + ") need no gateway. What a command prints on stdout is data; what it says goes to stderr.\n";
    out += ".SH COMMANDS\n";
    for (const CLI::App* sub : commands_below(app))
        append_command(out, "kpropgw " + sub->get_name(), *sub);
    out += after_commands;
    out += ".SH EXAMPLES\n";
    for (const Example& example : examples())
        out += ".TP\n" + bold(example.line) + "\n" + roff(example.text) + "\n";
    out +=
        ".SH SEE ALSO\n.BR kpropgw.conf (5),\n.BR kpropgw.acl (5),\n.BR kprop (8),\n.BR kpropd (8),\n.BR kdb5_util "
        "(8)\n";
    return out;
}

}  // namespace kpropgw::cli
