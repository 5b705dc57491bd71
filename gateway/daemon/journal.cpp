#include "gateway/daemon/journal.hpp"

#include <algorithm>

namespace kpropgw::daemon {
namespace {

std::string what_happened(const store::Change& change) {
    if (change.operation == store::Operation::erase) return "removed";
    return change.note.is_new && change.note.words.empty() ? "added" : "changed";
}

control::JournalChange shown(const store::Change& change) {
    control::JournalChange shown;
    shown.serial = change.serial.value;
    shown.time = change.time;
    shown.record = change.kind == store::Kind::principal ? "principal" : "policy";
    shown.name = change.name;
    shown.change = what_happened(change);
    shown.words = change.note.words;
    return shown;
}

}  // namespace

Result<control::JournalPage> read_journal(store::Store& store, const control::JournalQuery& query) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    const store::Summary& summary = (*snapshot)->summary();
    control::JournalPage page;
    page.low = summary.journal_low.value;
    page.serial = summary.serial.value;
    auto cursor = (*snapshot)->changes_after(std::max(Serial{query.since}, summary.journal_low));
    if (!cursor) return cursor.error();
    const auto most = std::min(query.limit, control::largest_journal_page);
    while (page.changes.size() < most) {
        auto more = (*cursor)->next();
        if (!more) return more.error();
        if (!*more) break;
        page.changes.push_back(shown((*cursor)->change()));
    }
    return page;
}

}  // namespace kpropgw::daemon
