#include <fmt/format.h>

#include "gateway/cli/manual.hpp"
#include "gateway/cli/roff.hpp"
#include "gateway/config/values.hpp"

namespace kpropgw::cli {
namespace {

using config::Option;
using config::Type;

constexpr std::string_view head = R"(.SH NAME
kpropgw.conf \- configuration of kpropgw(8)
.SH DESCRIPTION
What the gateway does, in the syntax of krb5.conf(5): sections in brackets, below each lines of the form
.IR KEY " = " VALUE .
Comments stand on lines of their own and begin with # or ;.
.B kpropgw config check
reports every problem of the file,
.B kpropgw config show
prints what is in force. A running gateway reads the file when it starts and at
.BR "kpropgw reload" ,
which puts every change in force or, where anything is wrong, none. What takes a restart to change says so below.
.PP
A
.I FILE
or
.I DIRECTORY
that does not begin with "/" is relative to the folder of the configuration. A
.I TIME
is whole seconds or a number with s, m, h or d, and where parts of a second are allowed with ms. A
.I SIZE
is bytes or a number with K, M, G or T, of 1024 each.
)";

constexpr std::string_view secondary_form = R"(What is particular to one server of the list, in braces after its name:
.PP
.EX
    kdc2.example.com = {
        dump = r13
        min_rate = 64K
    }
.EE
)";

constexpr std::string_view tail = R"(.SH EXAMPLES
.EX
[gateway]
    acl_file = kpropd.acl
    keytab = kpropd.ktf
    prop_interval = 2m
[secondary]
    kdc2.example.com = {
        dump = r13
    }
[log]
    level = warning
.EE
.SH FILES
.TP
.I /etc/kpropgw/kpropgw.conf
where
.B \-c
and KPROPGW_CONFIG name no other
.SH SEE ALSO
.BR kpropgw (8),
.BR kpropgw.acl (5),
.BR krb5.conf (5)
)";

/// What stands for a value.
std::string value_of(const Option& option) {
    switch (option.type) {
        case Type::name:
            return italic("NAME");
        case Type::text:
            return italic("TEXT");
        case Type::path:
            return italic("FILE");
        case Type::store:
            return bold("lmdb:") + italic("DIRECTORY");
        case Type::source:
            return bold("kprop") + "|" + bold("iprop:") + italic("HOST") + "[:" + italic("PORT") + "]|" +
                   bold("ulog:") + italic("FILE");
        case Type::choice:
            return bold(fmt::format("{}", fmt::join(option.choices, "|")));
        case Type::address:
            return italic("ADDRESS") + ":" + italic("PORT");
        case Type::address_or_off:
            return italic("ADDRESS") + ":" + italic("PORT") + "|" + bold("off");
        case Type::duration:
        case Type::interval:
            return italic("TIME");
        case Type::size:
            return italic("SIZE");
        case Type::count:
            return italic("NUMBER");
        case Type::dump_version:
            return italic("FORMAT");
    }
    return italic("VALUE");
}

/// One end of a range as the file would write it.
std::string end_of_range(const Option& option, std::uint64_t end) {
    switch (option.type) {
        case Type::duration:
            return config::to_text(std::chrono::seconds(end));
        case Type::interval:
            return config::to_text(std::chrono::milliseconds(end));
        case Type::size:
            return config::to_size_text(end);
        default:
            return std::to_string(end);
    }
}

std::string explained(const Option& option) {
    std::string text = ".TP\n" + bold(option.key) + " = " + value_of(option) + "\n" + roff(option.text) + "\n.br\n";
    text += "Default: " + (option.fallback.empty() ? roff(option.absent) : bold(option.fallback)) + ".\n";
    if (option.range.high > 0) {
        text += roff(fmt::format("From {} to {}.\n", end_of_range(option, option.range.low),
                                 end_of_range(option, option.range.high)));
    }
    if (!option.live) text += "A change takes a restart.\n";
    return text;
}

}  // namespace

std::string manual_of_options(std::span<const Option> options) {
    std::string out = page_title("KPROPGW.CONF", "5");
    out += head;
    std::string_view section;
    for (const Option& option : options) {
        if (option.section != section) {
            section = option.section;
            out += ".SH \"THE SECTION [" + roff(section) + "]\"\n";
            if (section == "secondary") out += secondary_form;
        }
        out += explained(option);
    }
    out += tail;
    return out;
}

}  // namespace kpropgw::cli
