#include "gateway/cli/commands.hpp"

#include <array>

namespace kpropgw::cli {
namespace {

constexpr std::array table{
    Command{"serve", "run the gateway in the foreground", set_up_serve},
    Command{"reload", "have the running gateway take up a changed configuration, all of it or nothing", set_up_reload},
    Command{"config", "the gateway's configuration", nullptr},
    Command{"config check", "report every problem of the configuration and of the files it names", set_up_config_check},
    Command{"config show", "print what is in force, defaults included", set_up_config_show},
    Command{"acl", "the list of servers, kpropd.acl", nullptr},
    Command{"acl check", "report every problem of a file, with line and column", set_up_acl_check},
    Command{"acl convert", "write a file in another code page, for MIT's kpropd or as JSON", set_up_acl_convert},
    Command{"codepage", "code pages", nullptr},
    Command{"codepage list", "the code pages that are known and what each is good for", set_up_codepage_list},
    Command{"dump", "dumps of a registry, as kdb5_util writes them", nullptr},
    Command{"dump info", "what a dump holds: counts, keys, policies, times", set_up_dump_info},
    Command{"dump convert", "write a dump in another version or as JSON", set_up_dump_convert},
    Command{"dump diff", "write an update file that makes one dump of another", set_up_dump_diff},
    Command{"dump apply", "write a dump with the updates of a file in it", set_up_dump_apply},
    Command{"dump restore-history", "put policy references and password histories back that a Compat dump lost",
            set_up_dump_restore_history},
    Command{"dump verify", "report everything that would fail a secondary or mislead one", set_up_dump_verify},
    Command{"prop", "the PROP order: propagate now", set_up_prop},
    Command{"display", "what the operator of a z/OS KDC displays", nullptr},
    Command{"display prop", "the secondaries as a console shows them", set_up_display_prop},
    Command{"operator", "an order as the console of a z/OS KDC takes it", set_up_operator},
    Command{"status", "the gateway and its secondaries, worst first", set_up_status},
    Command{"journal", "the changes of the registry, each with its serial", nullptr},
    Command{"journal show", "what changed and when, never keys", set_up_journal_show},
    Command{"wait", "until secondaries have confirmed a serial", set_up_wait},
    Command{"probe", "ask each secondary's KDC, and prove what it serves", set_up_probe},
    Command{"skip", "take a secondary past the one update that it cannot take", set_up_skip},
    Command{"refresh", "ask the source now instead of at its next poll", set_up_refresh},
    Command{"freeze", "send a secondary nothing until it is thawed", set_up_freeze},
    Command{"thaw", "send a frozen secondary what it lacks, and go on", set_up_thaw},
    Command{"events", "what the gateway has reported, and what it reports", set_up_events},
    Command{"explain", "what an event or a cause of failures means, and what to do", set_up_explain},
};

}  // namespace

std::span<const Command> commands() {
    return table;
}

}  // namespace kpropgw::cli
