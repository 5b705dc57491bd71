#include "gateway/store/lmdb_layout.hpp"

namespace kpropgw::store::lmdb {
namespace {

/// Records of one LMDB transaction: bounds its dirty pages, and so memory.
constexpr unsigned batch = 10000;

Result<void> empty(Txn& txn, const Databases& databases, unsigned generation) {
    for (const Kind kind : {Kind::principal, Kind::policy}) {
        if (const int code = mdb_drop(txn.get(), databases.records(kind, generation), 0)) return failure(code, "store");
    }
    return {};
}

class LmdbRebuild : public Rebuild {
public:
    LmdbRebuild(MDB_env* environment, const Databases& databases, std::unique_lock<std::mutex> changing,
                unsigned generation)
        : environment_(environment), databases_(databases), changing_(std::move(changing)), generation_(generation) {}

    Result<void> add(Kind kind, std::string_view key, std::string_view line) override {
        if (!txn_) {
            auto txn = Txn::begin(environment_, 0);
            if (!txn) return txn.error();
            txn_.emplace(std::move(*txn));
        }
        if (auto ok = txn_->put(databases_.records(kind, generation_), key, line, MDB_APPEND); !ok) return ok.error();
        ++(kind == Kind::principal ? totals_.principals : totals_.policies);
        if (++in_batch_ < batch) return {};
        in_batch_ = 0;
        auto ok = txn_->commit();
        txn_.reset();
        return ok;
    }

    Result<Summary> commit(Position position, Time now) override {
        if (!txn_) {
            auto txn = Txn::begin(environment_, 0);
            if (!txn) return txn.error();
            txn_.emplace(std::move(*txn));
        }
        auto meta = read_meta(*txn_, databases_);
        if (!meta) return meta.error();
        if (auto ok = empty(*txn_, databases_, meta->generation); !ok) return ok.error();
        if (const int code = mdb_drop(txn_->get(), databases_.journal, 0)) return failure(code, "store");
        meta->generation = generation_;
        Summary& summary = meta->summary;
        ++summary.serial.value;
        summary.serial_time = now;
        summary.journal_low = summary.serial;
        summary.journal_low_time = now;
        summary.journal_bytes = 0;
        summary.totals = totals_;
        summary.position = std::move(position);
        if (auto ok = write_meta(*txn_, databases_, *meta); !ok) return ok.error();
        if (auto ok = txn_->commit(); !ok) return ok.error();
        return summary;
    }

private:
    MDB_env* environment_;
    const Databases& databases_;
    std::unique_lock<std::mutex> changing_;
    unsigned generation_;
    std::optional<Txn> txn_;
    unsigned in_batch_ = 0;
    Totals totals_;
};

}  // namespace

Result<void> discard_unfinished_rebuild(MDB_env* environment, const Databases& databases) {
    auto txn = Txn::begin(environment, 0);
    if (!txn) return txn.error();
    auto meta = read_meta(*txn, databases);
    if (!meta) return meta.error();
    if (auto ok = empty(*txn, databases, 1 - meta->generation); !ok) return ok.error();
    return txn->commit();
}

Result<std::unique_ptr<Rebuild>> begin_rebuild(MDB_env* environment, const Databases& databases, std::mutex& changing) {
    std::unique_lock lock(changing);
    if (auto ok = discard_unfinished_rebuild(environment, databases); !ok) return ok.error();
    auto txn = Txn::begin(environment, MDB_RDONLY);
    if (!txn) return txn.error();
    auto meta = read_meta(*txn, databases);
    if (!meta) return meta.error();
    return std::unique_ptr<Rebuild>(
        std::make_unique<LmdbRebuild>(environment, databases, std::move(lock), 1 - meta->generation));
}

}  // namespace kpropgw::store::lmdb
