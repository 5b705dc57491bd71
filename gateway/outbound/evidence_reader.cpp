#include "gateway/outbound/evidence_reader.hpp"

#include <algorithm>

#include "base/secret.hpp"
#include "gateway/store/record_key.hpp"

namespace kpropgw::outbound {
namespace {

Result<std::optional<std::uint32_t>> kvno_of(std::string_view record, Time now) {
    SecretText line{std::string(record)};
    formats::Principal principal;
    if (auto ok = formats::parse_principal(line.text, principal); !ok) {
        return Error(Errc::corrupt, ok.error().text()).in("a record of the store cannot be read");
    }
    return core::ticket_kvno(principal, now);
}

}  // namespace

Result<void> EvidenceReader::catch_up(Time now) {
    auto snapshot = store_.snapshot();
    if (!snapshot) return snapshot.error();
    const store::Summary& summary = (*snapshot)->summary();
    if (summary.journal_low > read_) log_ = {};
    const Serial oldest{summary.serial.value - std::min(summary.serial.value, most_changes)};
    auto cursor = (*snapshot)->changes_after(std::max({read_, summary.journal_low, oldest}));
    if (!cursor) return cursor.error();
    for (;;) {
        auto more = (*cursor)->next();
        if (!more) return more.error();
        if (!*more) break;
        if (auto ok = take((*cursor)->change(), now); !ok) return ok;
    }
    read_ = summary.serial;
    return {};
}

Result<void> EvidenceReader::take(const store::Change& change, Time now) {
    if (change.kind != store::Kind::principal || change.note.put_follows) return {};
    const std::string name(change.name);
    if (change.operation == store::Operation::erase) {
        log_.add({change.serial, change.time, name, std::nullopt});
        return {};
    }
    auto kvno = kvno_of(change.record, now);
    if (!kvno) return kvno.error();
    const auto& known = log_.newest_first();
    const auto before = std::find_if(known.begin(), known.end(), [&](const auto& entry) { return entry.name == name; });
    const bool is_new = change.note.is_new && change.note.words.empty();
    // One that came back may have the kvno that it had before it went.
    const bool came_back = before != known.end() && !before->kvno;
    if (!*kvno || came_back) {
        log_.forget(name);
    } else if (is_new || change.note.new_kvno) {
        log_.add({change.serial, change.time, name, *kvno});
    }
    return {};
}

Result<core::Evidence> EvidenceReader::of(const std::string& principal, Time now) const {
    for (const core::Evidence& entry : log_.newest_first()) {
        if (entry.name == principal) return entry;
    }
    auto snapshot = store_.snapshot();
    if (!snapshot) return snapshot.error();
    auto record = (*snapshot)->find(store::Kind::principal, store::record_key(principal));
    if (!record) return record.error();
    if (!*record) return Error(Errc::not_found, "\"" + principal + "\" is no principal of the registry");
    auto kvno = kvno_of(**record, now);
    if (!kvno) return kvno.error();
    if (!*kvno) {
        return Error(Errc::conflict, "no KDC gives tickets for \"" + principal +
                                         "\": it is locked, expired, without keys or no service");
    }
    return core::Evidence{.serial = {}, .time = {}, .name = principal, .kvno = *kvno};
}

}  // namespace kpropgw::outbound
