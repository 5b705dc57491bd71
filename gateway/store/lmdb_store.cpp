#include "gateway/store/lmdb_store.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "gateway/store/lmdb_journal.hpp"

namespace kpropgw::store {
namespace {

using lmdb::Databases;
using lmdb::Txn;

/// Address space, not memory or disk: the store grows up to it.
constexpr std::size_t map_size = std::size_t{64} << 30;

Result<std::optional<std::string_view>> find_record(const Txn& txn, MDB_dbi records, std::string_view key) {
    std::string_view line;
    auto found = txn.find(records, key, line);
    if (!found) return found.error();
    return *found ? std::optional(line) : std::nullopt;
}

class LmdbSnapshot : public Snapshot {
public:
    LmdbSnapshot(Txn txn, const Databases& databases, lmdb::Meta meta)
        : txn_(std::move(txn)), databases_(databases), meta_(std::move(meta)) {}
    const Summary& summary() const override { return meta_.summary; }
    Result<std::unique_ptr<RecordCursor>> records(Kind kind) override {
        return lmdb::open_records(txn_, databases_.records(kind, meta_.generation), nullptr);
    }
    Result<std::optional<std::string_view>> find(Kind kind, std::string_view key) override {
        return find_record(txn_, databases_.records(kind, meta_.generation), key);
    }
    Result<std::unique_ptr<JournalCursor>> changes_after(Serial level) override {
        return lmdb::open_journal(txn_, databases_, meta_.summary, level);
    }
    Result<std::optional<Time>> time_of(Serial serial) override {
        return lmdb::time_of(txn_, databases_, meta_.summary, serial);
    }

private:
    Txn txn_;
    const Databases& databases_;
    lmdb::Meta meta_;
};

class LmdbTransaction : public Transaction {
public:
    LmdbTransaction(std::unique_lock<std::mutex> changing, Txn txn, const Databases& databases, lmdb::Meta meta)
        : changing_(std::move(changing)), txn_(std::move(txn)), databases_(databases), meta_(std::move(meta)) {}

    const Summary& summary() const override { return meta_.summary; }

    Result<std::unique_ptr<RecordCursor>> records(Kind kind) override {
        return lmdb::open_records(txn_, databases_.records(kind, meta_.generation), &writes_);
    }

    Result<std::optional<std::string_view>> find(Kind kind, std::string_view key) override {
        return find_record(txn_, databases_.records(kind, meta_.generation), key);
    }

    Result<void> put(Kind kind, std::string_view key, std::string_view line, const ChangeNote& note,
                     Time now) override {
        if (auto ok = refresh(kind, key, line); !ok) return ok;
        if (note.is_new) ++total(kind);
        return journal(Operation::put, kind, note, line, now);
    }

    Result<void> erase(Kind kind, std::string_view key, std::string_view name, const ChangeNote& note,
                       Time now) override {
        // `name` may be a view into the record that goes.
        if (auto ok = journal(Operation::erase, kind, note, name, now); !ok) return ok;
        ++writes_;
        --total(kind);
        return txn_.erase(databases_.records(kind, meta_.generation), key);
    }

    Result<void> refresh(Kind kind, std::string_view key, std::string_view line) override {
        ++writes_;
        return txn_.put(databases_.records(kind, meta_.generation), key, line);
    }

    void set_position(Position position) override { meta_.summary.position = std::move(position); }

    Result<void> commit() override {
        if (auto ok = lmdb::write_meta(txn_, databases_, meta_); !ok) return ok;
        return txn_.commit();
    }

private:
    std::uint64_t& total(Kind kind) {
        return kind == Kind::principal ? meta_.summary.totals.principals : meta_.summary.totals.policies;
    }

    Result<void> journal(Operation operation, Kind kind, ChangeNote note, std::string_view content, Time now) {
        Summary& summary = meta_.summary;
        ++summary.serial.value;
        summary.serial_time = now;
        if (kind == Kind::policy) {
            note.full_only = true;
            summary.policy_changed = summary.serial;
            summary.policy_changed_time = now;
        } else if (note.full_only) {
            summary.dump_only = summary.serial;
        }
        const std::string key = lmdb::journal_key(summary.serial);
        const SecretText entry = lmdb::journal_entry(now, operation, kind, note, content);
        summary.journal_bytes += key.size() + entry.text.size();
        return txn_.put(databases_.journal, key, entry.text, MDB_APPEND);
    }

    std::unique_lock<std::mutex> changing_;
    Txn txn_;
    const Databases& databases_;
    lmdb::Meta meta_;
    std::uint64_t writes_ = 0;
};

class LmdbStore : public Store {
public:
    LmdbStore(std::string directory, File lock, lmdb::Environment environment)
        : directory_(std::move(directory)), lock_(std::move(lock)), environment_(std::move(environment)) {}

    Result<void> open_databases();

    Result<std::unique_ptr<Snapshot>> snapshot() override {
        auto txn = Txn::begin(environment_.get(), MDB_RDONLY);
        if (!txn) return txn.error();
        auto meta = lmdb::read_meta(*txn, databases_);
        if (!meta) return meta.error();
        return std::unique_ptr<Snapshot>(std::make_unique<LmdbSnapshot>(std::move(*txn), databases_, std::move(*meta)));
    }

    Result<std::unique_ptr<Transaction>> begin() override {
        std::unique_lock changing(changing_);
        auto txn = Txn::begin(environment_.get(), 0);
        if (!txn) return txn.error();
        auto meta = lmdb::read_meta(*txn, databases_);
        if (!meta) return meta.error();
        return std::unique_ptr<Transaction>(
            std::make_unique<LmdbTransaction>(std::move(changing), std::move(*txn), databases_, std::move(*meta)));
    }

    Result<std::unique_ptr<Rebuild>> rebuild() override {
        return lmdb::begin_rebuild(environment_.get(), databases_, changing_);
    }

    Result<std::vector<SecondaryRow>> secondaries() override {
        auto txn = Txn::begin(environment_.get(), MDB_RDONLY);
        if (!txn) return txn.error();
        auto cursor = lmdb::Cursor::open(*txn, databases_.secondaries);
        if (!cursor) return cursor.error();
        std::vector<SecondaryRow> rows;
        std::string_view key;
        std::string_view value;
        for (;;) {
            auto found = cursor->move(rows.empty() ? MDB_FIRST : MDB_NEXT, key, value);
            if (!found) return found.error();
            if (!*found) return rows;
            auto row = parse_secondary_row(value);
            if (!row) return row.error();
            rows.push_back(std::move(*row));
        }
    }

    Result<void> save(std::span<const SecondaryRow> rows) override {
        return write([&](Txn& txn) -> Result<void> {
            for (const SecondaryRow& row : rows) {
                if (auto ok = txn.put(databases_.secondaries, row.host, to_json(row)); !ok) return ok;
            }
            return {};
        });
    }

    Result<void> forget_secondary(const std::string& host) override {
        return write([&](Txn& txn) { return txn.erase(databases_.secondaries, host); });
    }

    Result<std::optional<Time>> time_after(Serial level) override;
    Result<Trimmed> trim(const Retention& retention, Time now) override;

    const std::string& directory() const override { return directory_; }

private:
    template <class Action>
    Result<void> write(Action action) {
        auto txn = Txn::begin(environment_.get(), 0);
        if (!txn) return txn.error();
        if (Result<void> ok = action(*txn); !ok) return ok;
        return txn->commit();
    }

    std::string directory_;
    File lock_;
    lmdb::Environment environment_;
    Databases databases_;
    std::mutex changing_;
};

Result<void> LmdbStore::open_databases() {
    const std::pair<const char*, MDB_dbi*> names[] = {
        {"meta", &databases_.meta},
        {"journal", &databases_.journal},
        {"secondaries", &databases_.secondaries},
        {"principals.0", &databases_.principals[0]},
        {"principals.1", &databases_.principals[1]},
        {"policies.0", &databases_.policies[0]},
        {"policies.1", &databases_.policies[1]},
    };
    auto ok = write([&](Txn& txn) -> Result<void> {
        for (const auto& [name, database] : names) {
            if (const int code = mdb_dbi_open(txn.get(), name, MDB_CREATE, database)) return lmdb::failure(code, name);
        }
        return lmdb::convert(txn, databases_);
    });
    if (!ok) return ok;
    return lmdb::discard_unfinished_rebuild(environment_.get(), databases_);
}

Result<std::optional<Time>> LmdbStore::time_after(Serial level) {
    auto txn = Txn::begin(environment_.get(), MDB_RDONLY);
    if (!txn) return txn.error();
    auto meta = lmdb::read_meta(*txn, databases_);
    if (!meta) return meta.error();
    const Summary& summary = meta->summary;
    if (level < summary.journal_low || level >= summary.serial) return std::optional<Time>();
    return lmdb::time_of(*txn, databases_, summary, Serial{level.value + 1});
}

Result<Trimmed> LmdbStore::trim(const Retention& retention, Time now) {
    Trimmed trimmed;
    for (;;) {
        const std::lock_guard changing(changing_);
        auto txn = Txn::begin(environment_.get(), 0);
        if (!txn) return txn.error();
        auto meta = lmdb::read_meta(*txn, databases_);
        if (!meta) return meta.error();
        auto changes = lmdb::trim_some(*txn, databases_, retention, now, meta->summary);
        if (!changes) return changes.error();
        trimmed.low = meta->summary.journal_low;
        if (*changes == 0) return trimmed;
        if (auto ok = lmdb::write_meta(*txn, databases_, *meta); !ok) return ok.error();
        if (auto ok = txn->commit(); !ok) return ok.error();
        trimmed.changes += *changes;
    }
}

/// What a sort that was cut off left behind (arriving.cpp): registry content, so it may not stay.
Result<void> remove_scratch(const std::string& directory) {
    std::error_code code;
    for (const auto& entry : std::filesystem::directory_iterator(directory, code)) {
        if (!entry.path().filename().string().starts_with("sort-")) continue;
        std::filesystem::remove_all(entry.path(), code);
        if (code) break;
    }
    if (code) return system_error(code.value(), directory);
    return {};
}

}  // namespace

Result<std::unique_ptr<Store>> open_lmdb(const std::string& directory) {
    if (sodium_init() < 0) return Error(Errc::internal, "libsodium does not start");
    if (::mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return system_error(errno, directory);
    File lock(::open((directory + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor() < 0) return system_error(errno, directory + "/lock");
    if (::flock(lock.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        return Error(Errc::conflict, directory + ": another kpropgw uses this store");
    }
    if (auto ok = remove_scratch(directory); !ok) return ok.error();
    auto environment = lmdb::open_environment(directory, 0, map_size);
    if (!environment) return environment.error();
    auto store = std::make_unique<LmdbStore>(directory, std::move(lock), std::move(*environment));
    if (auto ok = store->open_databases(); !ok) return ok.error().in(directory);
    return std::unique_ptr<Store>(std::move(store));
}

}  // namespace kpropgw::store
