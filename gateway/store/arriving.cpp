#include "gateway/store/arriving.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <filesystem>

#include "base/secret.hpp"
#include "gateway/store/lmdb.hpp"
#include "gateway/store/record_key.hpp"

namespace kpropgw::store {
namespace {

using formats::DumpReader;
using formats::DumpVersion;
using formats::Header;
using formats::LogPosition;

/// Address space of the scratch database: more than any dump that a registry can hold.
constexpr std::size_t scratch_map_size = std::size_t{64} << 30;
/// Records of one transaction. They come in any order, so each may touch a page of its own, which is held in memory.
constexpr unsigned batch = 1000;

formats::ReadBytes bytes_of(const File& dump) {
    return [&dump, offset = std::uint64_t{0}](std::span<char> into) mutable -> Result<std::size_t> {
        auto count = dump.read_at(offset, into);
        if (count) offset += *count;
        return count;
    };
}

Error stands_twice(const std::string& file, std::uint64_t line, std::string_view what, std::string_view name) {
    return Error(Errc::invalid_input, fmt::format("{}:{}: {} \"{}\" stands twice", file, line, what, name));
}

class InOrder : public Arriving {
public:
    InOrder(DumpReader reader, std::string file) : reader_(std::move(reader)), file_(std::move(file)) {}

    Result<Next> next() override {
        auto record = reader_.next();
        if (!record) return record.error();
        if (*record == DumpReader::Record::end) return Next::end;
        const bool is_policy = *record == DumpReader::Record::policy;
        const std::string_view name = is_policy ? reader_.policy().name : reader_.principal().name;
        if (in_policies_ && !is_policy) return Next::out_of_order;
        if (is_policy && !in_policies_) {
            in_policies_ = true;
            first_ = true;
        }
        std::string next_key = record_key(name);
        if (!first_ && next_key == key_) {
            return stands_twice(file_, reader_.line(), is_policy ? "policy" : "principal", name);
        }
        if (!first_ && next_key < key_) return Next::out_of_order;
        first_ = false;
        key_ = std::move(next_key);
        return is_policy ? Next::policy : Next::principal;
    }
    std::string_view key() const override { return key_; }
    const formats::Principal& principal() const override { return reader_.principal(); }
    const formats::Policy& policy() const override { return reader_.policy(); }
    DumpVersion version() const override { return reader_.version(); }
    const std::optional<LogPosition>& position() const override { return reader_.position(); }

private:
    DumpReader reader_;
    std::string file_;
    std::string key_;
    bool in_policies_ = false;
    bool first_ = true;
};

/// A directory that goes with all it holds.
class ScratchDirectory {
public:
    static Result<ScratchDirectory> create(const std::string& parent) {
        std::string path = parent + "/sort-XXXXXX";
        if (::mkdtemp(path.data()) == nullptr) return system_error(errno, path);
        return ScratchDirectory(std::move(path));
    }
    ~ScratchDirectory() {
        std::error_code ignored;  // what is left is removed when the store is opened next
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    ScratchDirectory(ScratchDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    ScratchDirectory& operator=(ScratchDirectory&&) = delete;
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    const std::string& path() const { return path_; }

private:
    explicit ScratchDirectory(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

/// Holds the canonical lines by kind ('p' before 'y') and key.
struct Scratch {
    ScratchDirectory directory;
    lmdb::Environment environment;
    MDB_dbi records = 0;
};

Result<Scratch> create_scratch(const std::string& parent) {
    auto directory = ScratchDirectory::create(parent);
    if (!directory) return directory.error();
    auto environment = lmdb::open_environment(directory->path(), MDB_NOSYNC, scratch_map_size);
    if (!environment) return environment.error();
    Scratch scratch{std::move(*directory), std::move(*environment)};
    auto txn = lmdb::Txn::begin(scratch.environment.get(), 0);
    if (!txn) return txn.error();
    if (const int code = mdb_dbi_open(txn->get(), nullptr, 0, &scratch.records)) return lmdb::failure(code, parent);
    if (auto ok = txn->commit(); !ok) return ok.error();
    return scratch;
}

/// Within LMDB's 511 octets, since a record key has at most 510.
std::string scratch_key(char kind, std::string_view key) {
    return kind + std::string(key);
}

class Sorted : public Arriving {
public:
    Sorted(Scratch scratch, lmdb::Txn txn, lmdb::Cursor cursor, Header header)
        : scratch_(std::move(scratch)), txn_(std::move(txn)), cursor_(std::move(cursor)), header_(header) {}
    ~Sorted() override { wipe(line_); }

    Result<Next> next() override {
        std::string_view key;
        std::string_view line;
        auto found = cursor_.move(started_ ? MDB_NEXT : MDB_FIRST, key, line);
        if (!found) return found.error();
        if (!*found) return Next::end;
        started_ = true;
        line_.assign(line);
        const bool is_policy = key.front() == 'y';
        auto ok = is_policy ? formats::parse_policy(line_, DumpVersion::v7, policy_)
                            : formats::parse_principal(line_, principal_);
        if (!ok) return ok.error();
        key_ = record_key(is_policy ? policy_.name : principal_.name);
        return is_policy ? Next::policy : Next::principal;
    }
    std::string_view key() const override { return key_; }
    const formats::Principal& principal() const override { return principal_; }
    const formats::Policy& policy() const override { return policy_; }
    DumpVersion version() const override { return header_.version; }
    const std::optional<LogPosition>& position() const override { return header_.position; }

private:
    Scratch scratch_;
    lmdb::Txn txn_;
    lmdb::Cursor cursor_;
    Header header_;
    bool started_ = false;
    std::string line_;
    std::string key_;
    formats::Principal principal_;
    formats::Policy policy_;
};

/// Everything of the file into the scratch database; gives what its header says.
Result<Header> fill(Scratch& scratch, const File& dump, const std::string& name) {
    auto reader = DumpReader::open(bytes_of(dump), name);
    if (!reader) return reader.error();
    std::string line;
    for (;;) {
        auto txn = lmdb::Txn::begin(scratch.environment.get(), 0);
        if (!txn) return txn.error();
        for (unsigned i = 0; i < batch; ++i) {
            auto record = reader->next();
            if (!record) return record.error();
            if (*record == DumpReader::Record::end) {
                if (auto ok = txn->commit(); !ok) return ok.error();
                return Header{reader->version(), 0, reader->position()};
            }
            const bool is_policy = *record == DumpReader::Record::policy;
            const std::string_view record_name = is_policy ? reader->policy().name : reader->principal().name;
            line.clear();
            if (is_policy) {
                formats::append_policy(line, reader->policy(), DumpVersion::v7);
            } else {
                formats::append_principal(line, reader->principal(), DumpVersion::v7);
            }
            line.pop_back();
            auto ok = txn->put(scratch.records, scratch_key(is_policy ? 'y' : 'p', record_key(record_name)), line,
                               MDB_NOOVERWRITE);
            if (!ok && ok.error().code() == Errc::conflict) {
                return stands_twice(name, reader->line(), is_policy ? "policy" : "principal", record_name);
            }
            if (!ok) return ok.error();
        }
        if (auto ok = txn->commit(); !ok) return ok.error();
    }
}

}  // namespace

Result<std::unique_ptr<Arriving>> read_in_order(const File& dump, const std::string& name) {
    auto reader = DumpReader::open(bytes_of(dump), name);
    if (!reader) return reader.error();
    return std::unique_ptr<Arriving>(std::make_unique<InOrder>(std::move(*reader), name));
}

Result<std::unique_ptr<Arriving>> read_sorted(const File& dump, const std::string& name, const std::string& directory) {
    auto scratch = create_scratch(directory);
    if (!scratch) return scratch.error();
    auto header = fill(*scratch, dump, name);
    if (!header) return header.error();
    auto txn = lmdb::Txn::begin(scratch->environment.get(), MDB_RDONLY);
    if (!txn) return txn.error();
    auto cursor = lmdb::Cursor::open(*txn, scratch->records);
    if (!cursor) return cursor.error();
    return std::unique_ptr<Arriving>(
        std::make_unique<Sorted>(std::move(*scratch), std::move(*txn), std::move(*cursor), *header));
}

}  // namespace kpropgw::store
