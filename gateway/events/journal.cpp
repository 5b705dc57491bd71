#include "gateway/events/journal.hpp"

#include <sys/uio.h>
#include <syslog.h>
#include <systemd/sd-journal.h>
#include <unistd.h>

#include <array>

namespace kpropgw::events {
namespace {

/// systemd's own, see systemd.journal-fields(7) and sd_journal_sendv(3).
constexpr const char* journal_socket = "/run/systemd/journal/socket";

int priority(Level level) {
    static constexpr std::array priorities = {LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERR, LOG_CRIT};
    return priorities.at(static_cast<std::size_t>(level));
}

/// `peer` becomes `KPROPGW_PEER`: the journal takes capitals, digits and underscores.
std::string journal_name(const std::string& name) {
    std::string made = "KPROPGW_";
    for (const char c : name)
        made += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return made;
}

}  // namespace

Result<void> check_journal() {
    if (::access(journal_socket, W_OK) == 0) return {};
    return Error(Errc::unavailable, std::string("[log] to = journal: nothing listens on ") + journal_socket +
                                        "; is systemd-journald running? else set it to stderr");
}

void send_to_journal(const Occurrence& occurrence, const std::string& line) {
    std::vector<std::string> entries = {
        "MESSAGE=" + line, "PRIORITY=" + std::to_string(priority(occurrence.event->level)), "SYSLOG_IDENTIFIER=kpropgw",
        "KPROPGW_EVENT=" + std::string(occurrence.event->id)};
    for (const Occurrence::Field& field : occurrence.fields)
        entries.push_back(journal_name(field.name) + "=" + field.value);
    std::vector<iovec> parts;
    parts.reserve(entries.size());
    for (std::string& entry : entries)
        parts.push_back({entry.data(), entry.size()});
    ::sd_journal_sendv(parts.data(), static_cast<int>(parts.size()));
}

}  // namespace kpropgw::events
