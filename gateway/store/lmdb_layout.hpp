#pragma once
// Private to gateway/store: the databases of a store and the parts that snapshot, transaction and rebuild share.
#include <mutex>

#include "base/file.hpp"
#include "base/secret.hpp"
#include "gateway/store/lmdb.hpp"
#include "gateway/store/store.hpp"

namespace kpropgw::store::lmdb {

struct Databases {
    MDB_dbi meta = 0;
    MDB_dbi journal = 0;
    MDB_dbi secondaries = 0;
    MDB_dbi principals[2] = {0, 0};
    MDB_dbi policies[2] = {0, 0};

    MDB_dbi records(Kind kind, unsigned generation) const {
        return kind == Kind::principal ? principals[generation] : policies[generation];
    }
};

struct Meta {
    Summary summary;
    unsigned generation = 0;
    int format = 0;  ///< that was read; write_meta() writes the present one
};

Result<Meta> read_meta(const Txn& txn, const Databases& databases);
Result<void> write_meta(Txn& txn, const Databases& databases, const Meta& meta);

/// A store of an older version becomes one of this version. Its journal, whose entries say less, is dropped: a
/// secondary that was behind then gets a full propagation.
Result<void> convert(Txn& txn, const Databases& databases);

/// `writes`, where given, counts the writes of the cursor's transaction: after one it finds its place again.
Result<std::unique_ptr<RecordCursor>> open_records(const Txn& txn, MDB_dbi database, const std::uint64_t* writes);

/// `changing` keeps transactions and rebuilds apart: a rebuild is more than one LMDB transaction.
Result<std::unique_ptr<Rebuild>> begin_rebuild(MDB_env* environment, const Databases& databases, std::mutex& changing);

/// Empties what a rebuild that never committed left behind.
Result<void> discard_unfinished_rebuild(MDB_env* environment, const Databases& databases);

}  // namespace kpropgw::store::lmdb
