#include "formats/update/restore_history.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/secret.hpp"
#include "formats/dump/version.hpp"
#include "formats/tl/kadm_data.hpp"
#include "formats/update/name_table.hpp"
#include "formats/update/record_at.hpp"
#include "formats/update/record_walk.hpp"

namespace kpropgw::formats {
namespace {

/// The keys of the password that is in force: purging older ones does not change it.
std::vector<Key> newest_keys(const Principal& principal) {
    std::uint16_t newest = 0;
    for (const Key& key : principal.keys) {
        newest = std::max(newest, key.kvno);
    }
    std::vector<Key> keys;
    std::copy_if(principal.keys.begin(), principal.keys.end(), std::back_inserter(keys),
                 [newest](const Key& key) { return key.kvno == newest; });
    return keys;
}

/// The principals of a dump by name, and its policies, which are few, whole.
class Source {
public:
    Source(const DumpFile& file, DumpVersion version, const HashKey& key)
        : file_(file), key_(key), records_(file, version) {}

    Result<void> read_names() {
        auto walk = RecordWalk::open(file_);
        if (!walk) return walk.error();
        for (;;) {
            const auto more = walk->next();
            if (!more) return more.error();
            if (!*more) return {};
            if (walk->kind() == RecordKind::policy) {
                policies_.emplace(walk->name(), walk->offset());
                continue;
            }
            const auto found = names_.find_or_add(hash_name(key_, walk->name()));
            found.entry.place = walk->offset() & largest_place;
        }
    }

    /// nullptr: it is not there. Valid until the next call.
    Result<const Principal*> principal(std::string_view name) {
        const NameEntry* const entry = names_.find(hash_name(key_, name));
        if (!entry) return nullptr;
        if (const auto read = records_.read(entry->place); !read) return read.error();
        return &records_.principal();
    }

    Result<const Policy*> policy(std::string_view name) {
        const auto found = policies_.find(name);
        if (found == policies_.end()) return nullptr;
        if (const auto read = records_.read(found->second); !read) return read.error();
        return &records_.policy();
    }

private:
    const DumpFile& file_;
    const HashKey& key_;
    RecordAt records_;
    NameTable names_;
    std::map<std::string, std::uint64_t, std::less<>> policies_;
};

/// The keys of kadmin/history, which histories are under (MIT lib/kadm5/srv), by their keyed hashes.
class HistoryKeys {
public:
    Result<void> read(const DumpFile& file, const HashKey& key) {
        auto walk = RecordWalk::open(file);
        if (!walk) return walk.error();
        RecordAt records(file, walk->version());
        for (;;) {
            const auto more = walk->next();
            if (!more) return more.error();
            if (!*more) return {};
            if (walk->kind() != RecordKind::principal || !walk->name().starts_with("kadmin/history@")) continue;
            if (const auto whole = records.read(walk->offset()); !whole) return whole.error();
            for (const Key& held : records.principal().keys) {
                keys_[{std::string(records.principal().realm()), held.kvno}].insert(
                    {held.element[0].type, hash_record(key, held.element[0].hex)});
            }
        }
    }

    /// Whether all keys of that kvno that `before` has are here too.
    bool have_those_of(const HistoryKeys& before, std::string_view realm, std::uint32_t kvno) const {
        const auto wanted = before.keys_.find({std::string(realm), kvno});
        const auto held = keys_.find({std::string(realm), kvno});
        return wanted != before.keys_.end() && held != keys_.end() &&
               std::includes(held->second.begin(), held->second.end(), wanted->second.begin(), wanted->second.end());
    }

private:
    std::map<std::pair<std::string, std::uint32_t>, std::set<std::pair<std::int32_t, std::uint64_t>>> keys_;
};

class Restoration {
public:
    Restoration(const DumpFile& replace, DumpVersion replace_version, DumpVersion compat_version, const HashKey& key,
                DumpWriter& writer, const ReportRestored& report)
        : compat_version_(compat_version), before_(replace, replace_version, key), writer_(writer), report_(report) {}

    ~Restoration() { wipe(shortened_); }
    Restoration(const Restoration&) = delete;
    Restoration& operator=(const Restoration&) = delete;

    Result<void> prepare(const DumpFile& compat, const DumpFile& replace, const HashKey& key) {
        if (const auto ok = history_keys_now_.read(compat, key); !ok) return ok;
        if (const auto ok = history_keys_before_.read(replace, key); !ok) return ok;
        return before_.read_names();
    }

    Result<void> principal(const Principal& now) {
        ++result_.principals;
        const auto before = before_.principal(now.name);
        if (!before) return before.error();
        if (!*before) return leave(now, Restored::not_in_replace);
        const TlData* const data = (*before)->find_tl(tl_kadm_data);
        if (const TlData* const own = now.find_tl(tl_kadm_data)) {
            return data && data->hex != own->hex ? leave(now, Restored::has_its_own) : writer_.write(now);
        }
        if (!data) return writer_.write(now);
        if (newest_keys(now) != newest_keys(**before)) return leave(now, Restored::keys_changed);
        restored_ = now;
        keep_what_cannot_travel(restored_, **before, DumpVersion::v4);
        if (const auto ok = look_into(*data); !ok) return ok;
        ++result_.restored;
        return writer_.write(restored_);
    }

    Result<void> policy(const Policy& now) {
        present_.emplace(now.name);
        const auto before = before_.policy(now.name);
        if (!before) return before.error();
        if (!*before) return writer_.write(now);
        Policy restored = now;
        keep_what_cannot_travel(restored, **before, compat_version_);
        return writer_.write(restored);
    }

    Result<RestoreResult> finish() {
        for (const std::string& name : wanted_) {
            if (present_.contains(name)) continue;
            const auto before = before_.policy(name);
            if (!before) return before.error();
            report_(RecordKind::policy, name, *before ? Restored::policy_brought : Restored::policy_is_nowhere);
            if (!*before) continue;
            if (const auto ok = writer_.write(**before); !ok) return ok.error();
        }
        if (const auto ok = writer_.finish(); !ok) return ok.error();
        result_.losses = writer_.losses();
        return result_;
    }

private:
    Result<void> leave(const Principal& now, Restored why) {
        ++result_.not_restored;
        report_(RecordKind::principal, now.name, why);
        return writer_.write(now);
    }

    /// KADM_DATA that cannot be decoded is put back as it was: kdb5_util loads it too.
    Result<void> look_into(const TlData& data) {
        if (!decode_kadm_data(data.hex, decoded_)) return {};
        if (decoded_.policy) wanted_.insert(*decoded_.policy);
        if (decoded_.old_sizes.empty()) return {};
        if (history_keys_now_.have_those_of(history_keys_before_, restored_.realm(), decoded_.history_kvno)) return {};
        decoded_.old_sizes.clear();
        decoded_.old_keys.clear();
        decoded_.next_old = 0;
        wipe(shortened_);
        shortened_.clear();
        if (const auto ok = append_kadm_data(shortened_, decoded_); !ok) return ok;
        for (TlData& item : restored_.tl) {
            if (item.type == tl_kadm_data) item.hex = shortened_;
        }
        report_(RecordKind::principal, restored_.name, Restored::policy_alone);
        return {};
    }

    DumpVersion compat_version_;
    Source before_;
    HistoryKeys history_keys_now_;
    HistoryKeys history_keys_before_;
    DumpWriter& writer_;
    const ReportRestored& report_;
    RestoreResult result_;
    Principal restored_;
    KadmData decoded_;
    std::string shortened_;
    std::set<std::string, std::less<>> wanted_;
    std::set<std::string, std::less<>> present_;
};

}  // namespace

std::string_view to_text(Restored what) {
    switch (what) {
        case Restored::keys_changed:
            return "not restored: its keys changed since";
        case Restored::not_in_replace:
            return "not restored: it is not in the Replace dump";
        case Restored::has_its_own:
            return "left: it has a policy or history record of its own already";
        case Restored::policy_alone:
            return "policy restored, history not: kadmin/history has another key";
        case Restored::policy_brought:
            return "brought from the Replace dump: restored principals refer to it";
        case Restored::policy_is_nowhere:
            return "missing in both dumps: restored principals refer to it";
    }
    return "";
}

Result<RestoreResult> restore_history(const DumpFile& compat, const DumpFile& replace, const HashKey& key,
                                      std::optional<Format> to, const ReportRestored& report, const WriteBytes& sink) {
    const auto source = DumpReader::open(read_from(replace, 0), replace.name);
    if (!source) return source.error();
    if (!layout_of(source->version()).kadm_data) {
        return Error(Errc::invalid_input, replace.name +
                                              ": is a version 4 (Compat) dump, which has no policy references and "
                                              "histories to put back: give a dump of version 5 or later");
    }
    const Format format = to.value_or(Format{source->version(), false});
    if (!format.json && !layout_of(format.version).kadm_data) {
        return Error(Errc::invalid_input, "a version 4 (Compat) dump cannot hold what is put back: write another one");
    }
    auto reader = DumpReader::open(read_from(compat, 0), compat.name);
    if (!reader) return reader.error();
    DumpWriter writer(sink, format);
    writer.begin(reader->position().value_or(source->position().value_or(LogPosition{})));
    Restoration restoration(replace, source->version(), reader->version(), key, writer, report);
    if (const auto ok = restoration.prepare(compat, replace, key); !ok) return ok.error();
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        if (*record == DumpReader::Record::end) return restoration.finish();
        const auto ok = *record == DumpReader::Record::principal ? restoration.principal(reader->principal())
                                                                 : restoration.policy(reader->policy());
        if (!ok) return ok.error();
    }
}

}  // namespace kpropgw::formats
