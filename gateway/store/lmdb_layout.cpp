#include "gateway/store/lmdb_layout.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace kpropgw::store::lmdb {
namespace {

constexpr int format_version = 1;
constexpr std::string_view meta_key = "registry";

class LmdbRecordCursor : public RecordCursor {
public:
    LmdbRecordCursor(Cursor cursor, const std::uint64_t* writes) : cursor_(std::move(cursor)), writes_(writes) {}

    Result<bool> next() override {
        std::string_view key = key_;
        MDB_cursor_op operation = started_ ? MDB_NEXT : MDB_FIRST;
        const std::uint64_t writes = writes_ ? *writes_ : 0;
        if (started_ && writes != seen_writes_) operation = MDB_SET_RANGE;
        auto found = cursor_.move(operation, key, line_);
        if (found && *found && operation == MDB_SET_RANGE && key == key_) found = cursor_.move(MDB_NEXT, key, line_);
        if (!found || !*found) return found;
        started_ = true;
        seen_writes_ = writes;
        key_.assign(key);
        return true;
    }
    std::string_view key() const override { return key_; }
    std::string_view line() const override { return line_; }

private:
    Cursor cursor_;
    const std::uint64_t* writes_;
    std::uint64_t seen_writes_ = 0;
    bool started_ = false;
    std::string key_;
    std::string_view line_;
};

}  // namespace

Result<Meta> read_meta(const Txn& txn, const Databases& databases) try {
    std::string_view text;
    auto found = txn.find(databases.meta, meta_key, text);
    if (!found) return found.error();
    Meta meta;
    if (!*found) return meta;
    const auto json = nlohmann::json::parse(text);
    if (json.at("format") != format_version) {
        return Error(Errc::conflict,
                     fmt::format("the store has format {}, this version reads {}; use the kpropgw that wrote it",
                                 json.at("format").dump(), format_version));
    }
    meta.generation = json.at("generation").get<unsigned>() & 1u;
    meta.summary.serial = Serial{json.at("serial")};
    meta.summary.serial_time = Time(Time::duration(json.at("serial_time").get<std::int64_t>()));
    meta.summary.journal_low = Serial{json.at("journal_low")};
    meta.summary.totals = {json.at("principals"), json.at("policies")};
    if (json.contains("from")) {
        meta.summary.position = Position{Time(Time::duration(json.at("taken").get<std::int64_t>())), json.at("from")};
    }
    return meta;
} catch (const nlohmann::json::exception& problem) {
    return Error(Errc::corrupt, std::string("the store's summary: ") + problem.what());
}

Result<void> write_meta(Txn& txn, const Databases& databases, const Meta& meta) {
    const Summary& summary = meta.summary;
    nlohmann::json json;
    json["format"] = format_version;
    json["generation"] = meta.generation;
    json["serial"] = summary.serial.value;
    json["serial_time"] = summary.serial_time.time_since_epoch().count();
    json["journal_low"] = summary.journal_low.value;
    json["principals"] = summary.totals.principals;
    json["policies"] = summary.totals.policies;
    if (summary.position) {
        json["taken"] = summary.position->taken.time_since_epoch().count();
        json["from"] = summary.position->from;
    }
    return txn.put(databases.meta, meta_key, json.dump());
}

std::string journal_key(Serial serial) {
    std::string key(8, '\0');
    for (std::size_t i = 0; i < 8; ++i)
        key[i] = static_cast<char>((serial.value >> (56 - 8 * i)) & 0xff);
    return key;
}

Result<std::unique_ptr<RecordCursor>> open_records(const Txn& txn, MDB_dbi database, const std::uint64_t* writes) {
    auto cursor = Cursor::open(txn, database);
    if (!cursor) return cursor.error();
    return std::unique_ptr<RecordCursor>(std::make_unique<LmdbRecordCursor>(std::move(*cursor), writes));
}

}  // namespace kpropgw::store::lmdb
