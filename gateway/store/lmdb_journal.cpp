#include "gateway/store/lmdb_journal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/dump/name_place.hpp"

namespace kpropgw::store::lmdb {
namespace {

// An entry: its version, the time in microseconds since 1970 (8 octets, big-endian), 'p' or 'd' (put, erase), 'p' or
// 'y' (principal, policy), flags, the number of octets of the words, the words, the canonical line or the name.
constexpr char entry_version = 2;
constexpr std::size_t fixed_part = 13;
constexpr char flag_new = 1;
constexpr char flag_full_only = 2;
constexpr char flag_put_follows = 4;
constexpr char flag_new_kvno = 8;

constexpr std::size_t longest_words = 255;
constexpr std::string_view cut_mark = "...";

/// Entries and octets of one transaction of a trim: they bound its dirty pages and how long a change waits for it.
constexpr std::uint64_t most_trimmed_entries = 10000;
constexpr std::uint64_t most_trimmed_bytes = std::uint64_t{16} << 20;

void append_u64(std::string& out, std::uint64_t value) {
    for (int shift = 56; shift >= 0; shift -= 8)
        out += static_cast<char>(value >> shift & 0xff);
}

std::uint64_t read_u64(std::string_view octets) {
    std::uint64_t value = 0;
    for (const char c : octets.substr(0, 8))
        value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

std::string_view name_in(Kind kind, std::string_view line) {
    if (kind == Kind::principal) {
        const auto place = formats::find_name(line);
        return place ? line.substr(std::min(place->name_at, line.size()), place->name_size) : std::string_view();
    }
    const std::size_t tab = line.find('\t');
    if (tab == line.npos) return {};
    return line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
}

Error corrupt(Serial serial) {
    return Error(Errc::corrupt, fmt::format("the journal's entry {} is damaged; move the store away and push the "
                                            "registry anew",
                                            serial.value));
}

class LmdbJournalCursor : public JournalCursor {
public:
    LmdbJournalCursor(Cursor cursor, Serial level)
        : cursor_(std::move(cursor)), from_(journal_key({level.value + 1})) {}

    Result<bool> next() override {
        std::string_view key = from_;
        std::string_view entry;
        auto found = cursor_.move(started_ ? MDB_NEXT : MDB_SET_RANGE, key, entry);
        if (!found || !*found) return found;
        started_ = true;
        auto change = parse_change(key, entry);
        if (!change) return change.error();
        change_ = *change;
        return true;
    }
    const Change& change() const override { return change_; }

private:
    Cursor cursor_;
    std::string from_;
    bool started_ = false;
    Change change_;
};

}  // namespace

std::string journal_key(Serial serial) {
    std::string key;
    append_u64(key, serial.value);
    return key;
}

SecretText journal_entry(Time time, Operation operation, Kind kind, const ChangeNote& note, std::string_view content) {
    const bool whole = note.words.size() <= longest_words;
    const std::string_view words = note.words.substr(0, whole ? longest_words : longest_words - cut_mark.size());
    SecretText entry;
    entry.text.reserve(fixed_part + longest_words + content.size());
    entry.text += entry_version;
    append_u64(entry.text, static_cast<std::uint64_t>(time.time_since_epoch().count()));
    entry.text += operation == Operation::put ? 'p' : 'd';
    entry.text += kind == Kind::principal ? 'p' : 'y';
    entry.text += static_cast<char>((note.is_new ? flag_new : 0) | (note.full_only ? flag_full_only : 0) |
                                    (note.put_follows ? flag_put_follows : 0) | (note.new_kvno ? flag_new_kvno : 0));
    entry.text += static_cast<char>(whole ? words.size() : longest_words);
    entry.text += words;
    if (!whole) entry.text += cut_mark;
    entry.text += content;
    return entry;
}

Result<Change> parse_change(std::string_view key, std::string_view entry) {
    Change change;
    change.serial = Serial{read_u64(key)};
    if (key.size() != 8 || entry.size() < fixed_part || entry[0] != entry_version) return corrupt(change.serial);
    change.time = Time(Time::duration(static_cast<std::int64_t>(read_u64(entry.substr(1)))));
    const char operation = entry[9];
    const char kind = entry[10];
    const char flags = entry[11];
    const std::size_t words = static_cast<unsigned char>(entry[12]);
    if ((operation != 'p' && operation != 'd') || (kind != 'p' && kind != 'y') || entry.size() < fixed_part + words) {
        return corrupt(change.serial);
    }
    change.operation = operation == 'p' ? Operation::put : Operation::erase;
    change.kind = kind == 'p' ? Kind::principal : Kind::policy;
    change.note = {(flags & flag_new) != 0, (flags & flag_full_only) != 0, (flags & flag_put_follows) != 0,
                   entry.substr(fixed_part, words), (flags & flag_new_kvno) != 0};
    const std::string_view content = entry.substr(fixed_part + words);
    if (change.operation == Operation::erase) {
        change.name = content;
    } else {
        change.record = content;
        change.name = name_in(change.kind, content);
    }
    return change;
}

Result<std::unique_ptr<JournalCursor>> open_journal(const Txn& txn, const Databases& databases, const Summary& summary,
                                                    Serial level) {
    if (level < summary.journal_low) {
        return Error(Errc::not_found, fmt::format("the journal begins above serial {}: what came after {} is kept no "
                                                  "longer",
                                                  summary.journal_low.value, level.value));
    }
    auto cursor = Cursor::open(txn, databases.journal);
    if (!cursor) return cursor.error();
    const Serial known = std::min(level, summary.serial);
    return std::unique_ptr<JournalCursor>(std::make_unique<LmdbJournalCursor>(std::move(*cursor), known));
}

Result<std::optional<Time>> time_of(const Txn& txn, const Databases& databases, const Summary& summary, Serial serial) {
    if (serial == summary.serial) return std::optional(summary.serial_time);
    if (serial == summary.journal_low) return std::optional(summary.journal_low_time);
    std::string_view entry;
    const std::string key = journal_key(serial);
    auto found = txn.find(databases.journal, key, entry);
    if (!found) return found.error();
    if (!*found) return std::optional<Time>();
    auto change = parse_change(key, entry);
    if (!change) return change.error();
    return std::optional(change->time);
}

Result<std::uint64_t> trim_some(Txn& txn, const Databases& databases, const Retention& retention, Time now,
                                Summary& summary) {
    auto cursor = Cursor::open(txn, databases.journal);
    if (!cursor) return cursor.error();
    std::uint64_t changes = 0;
    std::uint64_t bytes = 0;
    std::string_view key;
    std::string_view entry;
    while (changes < most_trimmed_entries && bytes < most_trimmed_bytes) {
        auto found = cursor->move(MDB_FIRST, key, entry);
        if (!found) return found.error();
        if (!*found) break;
        auto change = parse_change(key, entry);
        if (!change) return change.error();
        if (summary.journal_bytes <= retention.max_bytes && change->time + retention.max_age >= now) break;
        const std::uint64_t size = key.size() + entry.size();
        if (auto ok = cursor->erase(); !ok) return ok.error();
        ++changes;
        bytes += size;
        summary.journal_bytes -= std::min(summary.journal_bytes, size);
        summary.journal_low = change->serial;
        summary.journal_low_time = change->time;
    }
    return changes;
}

}  // namespace kpropgw::store::lmdb
