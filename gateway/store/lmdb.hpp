#pragma once
// Private to gateway/store: LMDB's C interface with owners and errors.
#include <lmdb.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.hpp"

namespace kpropgw::store::lmdb {

Error failure(int code, std::string_view context);

MDB_val to_value(std::string_view bytes);
std::string_view to_view(const MDB_val& value);

struct CloseEnvironment {
    void operator()(MDB_env* environment) const { mdb_env_close(environment); }
};
using Environment = std::unique_ptr<MDB_env, CloseEnvironment>;

/// `flags` besides MDB_NOTLS; mode 0600. The directory must exist.
Result<Environment> open_environment(const std::string& directory, unsigned flags, std::size_t map_size);

/// Aborted when it goes without commit().
class Txn {
public:
    static Result<Txn> begin(MDB_env* environment, unsigned flags);
    ~Txn() { abort(); }
    Txn(Txn&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
    Txn& operator=(Txn&& other) noexcept;
    Txn(const Txn&) = delete;
    Txn& operator=(const Txn&) = delete;

    MDB_txn* get() const { return raw_; }
    Result<void> commit();

    /// Empty view and false where the key is absent.
    Result<bool> find(MDB_dbi database, std::string_view key, std::string_view& value) const;
    Result<void> put(MDB_dbi database, std::string_view key, std::string_view value, unsigned flags = 0);
    Result<void> erase(MDB_dbi database, std::string_view key);

private:
    explicit Txn(MDB_txn* raw) : raw_(raw) {}
    void abort();
    MDB_txn* raw_ = nullptr;
};

/// Must go before its transaction.
class Cursor {
public:
    static Result<Cursor> open(const Txn& txn, MDB_dbi database);

    /// False when there is none. Views are valid until the transaction's next write or end.
    Result<bool> move(MDB_cursor_op operation, std::string_view& key, std::string_view& value);

    /// Takes out what it stands at.
    Result<void> erase();

private:
    struct Close {
        void operator()(MDB_cursor* cursor) const { mdb_cursor_close(cursor); }
    };
    explicit Cursor(MDB_cursor* raw) : raw_(raw) {}
    std::unique_ptr<MDB_cursor, Close> raw_;
};

}  // namespace kpropgw::store::lmdb
