#include "gateway/store/lmdb.hpp"

#include <cerrno>

#include "gateway/events/catalogue.hpp"

namespace kpropgw::store::lmdb {

Error failure(int code, std::string_view context) {
    if (code > 0) {
        const Error error = system_error(code, context);
        return code == ENOSPC ? error.because(causes::disk_full) : error;
    }
    Errc kind = Errc::internal;
    std::string text = mdb_strerror(code);
    switch (code) {
        case MDB_CORRUPTED:
        case MDB_PAGE_NOTFOUND:
        case MDB_INVALID:
        case MDB_VERSION_MISMATCH:
            kind = Errc::corrupt;
            text += "; the store is damaged: move it away and push the registry anew";
            break;
        case MDB_MAP_FULL:
        case MDB_READERS_FULL:
            kind = Errc::unavailable;
            break;
        default:
            break;
    }
    const Error error = Error(kind, text).in(context);
    if (code == MDB_MAP_FULL) return error.because(causes::disk_full);
    return kind == Errc::corrupt ? error.because(causes::store_damaged) : error;
}

MDB_val to_value(std::string_view bytes) {
    return {bytes.size(), const_cast<char*>(bytes.data())};
}

std::string_view to_view(const MDB_val& value) {
    return {static_cast<const char*>(value.mv_data), value.mv_size};
}

Result<Environment> open_environment(const std::string& directory, unsigned flags, std::size_t map_size) {
    constexpr unsigned max_readers = 1024;
    constexpr unsigned max_databases = 8;
    MDB_env* raw = nullptr;
    if (const int code = mdb_env_create(&raw)) return failure(code, directory);
    Environment environment(raw);
    int code = mdb_env_set_mapsize(raw, map_size);
    if (!code) code = mdb_env_set_maxreaders(raw, max_readers);
    if (!code) code = mdb_env_set_maxdbs(raw, max_databases);
    if (!code) code = mdb_env_open(raw, directory.c_str(), flags | MDB_NOTLS, 0600);
    if (code) return failure(code, directory);
    return environment;
}

Result<Txn> Txn::begin(MDB_env* environment, unsigned flags) {
    MDB_txn* raw = nullptr;
    if (const int code = mdb_txn_begin(environment, nullptr, flags, &raw)) return failure(code, "store");
    return Txn(raw);
}

Txn& Txn::operator=(Txn&& other) noexcept {
    if (this != &other) {
        abort();
        raw_ = std::exchange(other.raw_, nullptr);
    }
    return *this;
}

void Txn::abort() {
    if (raw_) mdb_txn_abort(raw_);
    raw_ = nullptr;
}

Result<void> Txn::commit() {
    // LMDB frees the transaction whether or not the commit succeeds.
    if (const int code = mdb_txn_commit(std::exchange(raw_, nullptr))) return failure(code, "store");
    return {};
}

Result<bool> Txn::find(MDB_dbi database, std::string_view key, std::string_view& value) const {
    MDB_val k = to_value(key);
    MDB_val v{};
    const int code = mdb_get(raw_, database, &k, &v);
    if (code == MDB_NOTFOUND) return false;
    if (code) return failure(code, "store");
    value = to_view(v);
    return true;
}

Result<void> Txn::put(MDB_dbi database, std::string_view key, std::string_view value, unsigned flags) {
    MDB_val k = to_value(key);
    MDB_val v = to_value(value);
    const int code = mdb_put(raw_, database, &k, &v, flags);
    if (code == MDB_KEYEXIST) return Error(Errc::conflict, "the key is held already");
    if (code) return failure(code, "store");
    return {};
}

Result<void> Txn::erase(MDB_dbi database, std::string_view key) {
    MDB_val k = to_value(key);
    if (const int code = mdb_del(raw_, database, &k, nullptr); code && code != MDB_NOTFOUND)
        return failure(code, "store");
    return {};
}

Result<Cursor> Cursor::open(const Txn& txn, MDB_dbi database) {
    MDB_cursor* raw = nullptr;
    if (const int code = mdb_cursor_open(txn.get(), database, &raw)) return failure(code, "store");
    return Cursor(raw);
}

Result<bool> Cursor::move(MDB_cursor_op operation, std::string_view& key, std::string_view& value) {
    MDB_val k = to_value(key);
    MDB_val v{};
    const int code = mdb_cursor_get(raw_.get(), &k, &v, operation);
    if (code == MDB_NOTFOUND) return false;
    if (code) return failure(code, "store");
    key = to_view(k);
    value = to_view(v);
    return true;
}

Result<void> Cursor::erase() {
    if (const int code = mdb_cursor_del(raw_.get(), 0)) return failure(code, "store");
    return {};
}

}  // namespace kpropgw::store::lmdb
