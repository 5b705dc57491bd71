#include "gateway/store/record_change.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/update/describe.hpp"
#include "formats/update/iprop_put.hpp"

namespace kpropgw::store {
namespace {

using formats::Difference;
using formats::DumpVersion;

constexpr std::string_view put_anew = "put anew by the next change";

Error stored_is_bad(const Error& error) {
    return Error(Errc::corrupt, error.text()).in("a record of the store cannot be read");
}

// What an update can do matters of principals only: no update carries a policy.

bool needs_deletion_first(const formats::Policy&, const formats::Policy&) {
    return false;
}

/// Whether only a dump can carry the record itself.
bool needs_dump(const formats::Principal& record) {
    SecretText update;
    return !formats::append_iprop_put(update.text, record, {});
}

bool needs_dump(const formats::Policy&) {
    return true;
}

bool keys_differ(const formats::Principal& held, const formats::Principal& now) {
    return held.keys != now.keys;
}

bool kvno_differs(const formats::Principal& held, const formats::Principal& now) {
    const auto newest = [](const formats::Principal& record) {
        std::uint16_t kvno = 0;
        for (const formats::Key& key : record.keys)
            kvno = std::max(kvno, key.kvno);
        return kvno;
    };
    return newest(held) != newest(now);
}

bool kvno_differs(const formats::Policy&, const formats::Policy&) {
    return false;
}

bool keys_differ(const formats::Policy&, const formats::Policy&) {
    return false;
}

}  // namespace

std::string_view CanonicalLine::of(const formats::Principal& principal) {
    line_.text.clear();
    formats::append_principal(line_.text, principal, DumpVersion::v7);
    return std::string_view(line_.text).substr(0, line_.text.size() - 1);
}

std::string_view CanonicalLine::of(const formats::Policy& policy) {
    line_.text.clear();
    formats::append_policy(line_.text, policy, DumpVersion::v7);
    return std::string_view(line_.text).substr(0, line_.text.size() - 1);
}

RecordChanges::RecordChanges(Transaction& transaction, std::string_view realm, Time now)
    : transaction_(transaction), master_key_name_(fmt::format("K/M@{}", realm)), now_(now) {}

template <class Of>
bool RecordChanges::is_master_key(const typename Of::Record& record) const {
    return Of::kind == Kind::principal && record.name == master_key_name_;
}

template <class Of>
Result<void> RecordChanges::put(std::string_view key, std::optional<std::string_view> held,
                                const typename Of::Record& arriving, DumpVersion version) {
    const std::string_view line = canonical_.of(arriving);
    if (!held) {
        ++taken_.added;
        const bool full_only = needs_dump(arriving) || is_master_key<Of>(arriving);
        return transaction_.put(Of::kind, key, line, {.is_new = true, .full_only = full_only}, now_);
    }
    if (version == DumpVersion::v7 && line == *held) return {};
    held_line_.text.assign(*held);
    typename Of::Record& before = held_record(Of());
    if (auto ok = Of::parse(held_line_.text, before); !ok) return stored_is_bad(ok.error());
    typename Of::Record record = arriving;
    formats::keep_what_cannot_travel(record, before, version);
    switch (formats::compare(before, record)) {
        case Difference::none:
            return {};
        case Difference::unimportant:
            ++taken_.refreshed;
            return transaction_.refresh(Of::kind, key, canonical_.of(record));
        case Difference::real:
            break;
    }
    ++taken_.changed;
    return change<Of>(key, before, record);
}

template <class Of>
Result<void> RecordChanges::change(std::string_view key, const typename Of::Record& held,
                                   const typename Of::Record& record) {
    const std::string words = formats::changes_in_words(held, record);
    ChangeNote note{.full_only = needs_dump(record), .words = words, .new_kvno = kvno_differs(held, record)};
    if (is_master_key<Of>(record)) {
        // Without K/M no KDC can serve, so it is never erased; and what its keys protect has to come with them.
        note.full_only |= keys_differ(held, record) || needs_deletion_first(held, record);
    } else if (needs_deletion_first(held, record)) {
        note.is_new = true;
        auto ok = transaction_.erase(Of::kind, key, record.name, {.put_follows = true, .words = put_anew}, now_);
        if (!ok) return ok;
    }
    return transaction_.put(Of::kind, key, canonical_.of(record), note, now_);
}

template <class Of>
Result<void> RecordChanges::erase(std::string_view key, std::string_view held) {
    ++taken_.removed;
    held_line_.text.assign(held);
    typename Of::Record& record = held_record(Of());
    if (auto ok = Of::parse(held_line_.text, record); !ok) return stored_is_bad(ok.error());
    return transaction_.erase(Of::kind, key, record.name, {}, now_);
}

template Result<void> RecordChanges::put<Principals>(std::string_view, std::optional<std::string_view>,
                                                     const formats::Principal&, DumpVersion);
template Result<void> RecordChanges::put<Policies>(std::string_view, std::optional<std::string_view>,
                                                   const formats::Policy&, DumpVersion);
template Result<void> RecordChanges::erase<Principals>(std::string_view, std::string_view);
template Result<void> RecordChanges::erase<Policies>(std::string_view, std::string_view);

}  // namespace kpropgw::store
