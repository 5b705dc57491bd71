#include "gateway/store/lmdb_layout.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace kpropgw::store::lmdb {
namespace {

constexpr int format_version = 2;
constexpr int oldest_format = 1;
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
    Result<std::string_view> line() override {
        if (!writes_ || *writes_ == seen_writes_) return line_;
        std::string_view key = key_;
        const auto found = cursor_.move(MDB_SET, key, line_);
        if (!found) return found.error();
        if (!*found) return Error(Errc::internal, "store: a record that was read is no longer there");
        seen_writes_ = *writes_;
        return line_;
    }

private:
    Cursor cursor_;
    const std::uint64_t* writes_;
    std::uint64_t seen_writes_ = 0;
    bool started_ = false;
    std::string key_;
    std::string_view line_;
};

}  // namespace

namespace {

using Json = nlohmann::json;

std::int64_t microseconds(Time time) {
    return time.time_since_epoch().count();
}

/// 1970 and 0 where the store is of a version that did not have the field.
Time time_at(const Json& json, const char* name) {
    return Time(Time::duration(json.value(name, std::int64_t{0})));
}

Serial serial_at(const Json& json, const char* name) {
    return Serial{json.value(name, std::uint64_t{0})};
}

}  // namespace

Result<Meta> read_meta(const Txn& txn, const Databases& databases) try {
    std::string_view text;
    auto found = txn.find(databases.meta, meta_key, text);
    if (!found) return found.error();
    Meta meta;
    meta.format = format_version;
    if (!*found) return meta;
    const auto json = Json::parse(text);
    if (json.at("format") < oldest_format || json.at("format") > format_version) {
        return Error(Errc::conflict,
                     fmt::format("the store has format {}, this version reads {} to {}; use the kpropgw that wrote it",
                                 json.at("format").dump(), oldest_format, format_version));
    }
    meta.format = json.at("format");
    meta.generation = json.at("generation").get<unsigned>() & 1u;
    Summary& summary = meta.summary;
    summary.serial = Serial{json.at("serial")};
    summary.serial_time = Time(Time::duration(json.at("serial_time").get<std::int64_t>()));
    summary.journal_low = Serial{json.at("journal_low")};
    summary.journal_low_time = time_at(json, "journal_low_time");
    summary.journal_bytes = json.value("journal_bytes", std::uint64_t{0});
    summary.policy_changed = serial_at(json, "policy_changed");
    summary.policy_changed_time = time_at(json, "policy_changed_time");
    summary.dump_only = serial_at(json, "dump_only");
    summary.totals = {json.at("principals"), json.at("policies")};
    if (json.contains("from")) {
        summary.position = Position{Time(Time::duration(json.at("taken").get<std::int64_t>())), json.at("from"), {}};
    }
    if (json.contains("source")) {
        const Json& source = json.at("source");
        summary.position.value().source =
            SourcePosition{source.at("name"), source.at("serial"), source.at("seconds"), source.at("microseconds")};
    }
    return meta;
} catch (const std::exception& problem) {
    return Error(Errc::corrupt, std::string("the store's summary: ") + problem.what());
}

Result<void> write_meta(Txn& txn, const Databases& databases, const Meta& meta) {
    const Summary& summary = meta.summary;
    Json json;
    json["format"] = format_version;
    json["generation"] = meta.generation;
    json["serial"] = summary.serial.value;
    json["serial_time"] = microseconds(summary.serial_time);
    json["journal_low"] = summary.journal_low.value;
    json["journal_low_time"] = microseconds(summary.journal_low_time);
    json["journal_bytes"] = summary.journal_bytes;
    json["policy_changed"] = summary.policy_changed.value;
    json["policy_changed_time"] = microseconds(summary.policy_changed_time);
    json["dump_only"] = summary.dump_only.value;
    json["principals"] = summary.totals.principals;
    json["policies"] = summary.totals.policies;
    if (summary.position) {
        json["taken"] = microseconds(summary.position->taken);
        json["from"] = summary.position->from;
        if (const auto& source = summary.position->source) {
            json["source"] = {{"name", source->source},
                              {"serial", source->serial},
                              {"seconds", source->seconds},
                              {"microseconds", source->microseconds}};
        }
    }
    return txn.put(databases.meta, meta_key, json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<void> convert(Txn& txn, const Databases& databases) {
    auto meta = read_meta(txn, databases);
    if (!meta) return meta.error();
    if (meta->format == format_version) return {};
    if (const int code = mdb_drop(txn.get(), databases.journal, 0)) return failure(code, "store");
    meta->summary.journal_low = meta->summary.serial;
    meta->summary.journal_low_time = meta->summary.serial_time;
    return write_meta(txn, databases, *meta);
}

Result<std::unique_ptr<RecordCursor>> open_records(const Txn& txn, MDB_dbi database, const std::uint64_t* writes) {
    auto cursor = Cursor::open(txn, database);
    if (!cursor) return cursor.error();
    return std::unique_ptr<RecordCursor>(std::make_unique<LmdbRecordCursor>(std::move(*cursor), writes));
}

}  // namespace kpropgw::store::lmdb
