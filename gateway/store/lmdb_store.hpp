#pragma once
#include <memory>
#include <string>

#include "gateway/store/store.hpp"

namespace kpropgw::store {

/// Opens or makes the store in `directory` (made with mode 0700 when absent; its parent must exist). conflict when
/// another process has it open for writing; corrupt when it is not a store that this version knows.
///
/// Databases: `meta` (one JSON value), `principals.G` and `policies.G` (record key to canonical line) with G = 0 or 1
/// the generation in force, `journal` (serial, 8 octets big-endian, to entry), `secondaries` (host to JSON).
/// lmdb_journal.cpp lays an entry out. A store of format 1 is converted: its journal, whose entries say less, goes.
Result<std::unique_ptr<Store>> open_lmdb(const std::string& directory);

}  // namespace kpropgw::store
