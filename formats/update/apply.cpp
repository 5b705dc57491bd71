#include "formats/update/apply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "formats/dump/reader.hpp"
#include "formats/quoted.hpp"
#include "formats/update/twice.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t kinds = 2;

std::size_t index(RecordKind kind) {
    return static_cast<std::size_t>(kind);
}

RecordKind kind_of(DumpReader::Record record) {
    return record == DumpReader::Record::principal ? RecordKind::principal : RecordKind::policy;
}

std::string_view name_of(const DumpReader& reader, RecordKind kind) {
    return kind == RecordKind::principal ? reader.principal().name : reader.policy().name;
}

/// What the first reading of the base finds out.
struct Survey {
    DumpVersion version = DumpVersion::v7;
    LogPosition position;
    std::uint64_t records = 0;
    bool sorted[kinds] = {true, true};
};

/// Marks the updates whose names are there.
Result<Survey> survey(const DumpFile& base, UpdateSet& updates) {
    auto reader = DumpReader::open(read_from(base, 0), base.name);
    if (!reader) return reader.error();
    Survey found{reader->version(), reader->position().value_or(LogPosition{}), 0, {true, true}};
    std::string last[kinds];
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        if (*record == DumpReader::Record::end) return found;
        ++found.records;
        const RecordKind kind = kind_of(*record);
        const std::string_view name = name_of(*reader, kind);
        if (name <= last[index(kind)]) found.sorted[index(kind)] = false;
        last[index(kind)] = name;
        HeldUpdate* const update = updates.find(kind, name);
        if (!update) continue;
        if (update->met) {
            return Error(Errc::corrupt, fmt::format("{}:{}: {} {} stands in the dump twice: take one of the two out",
                                                    base.name, reader->line(), to_text(kind), quoted_name(name)));
        }
        update->met = true;
    }
}

Result<Applied> count(UpdateSet& updates, bool force) {
    Applied applied;
    for (const HeldUpdate& update : updates.updates()) {
        if (!update.deletes()) {
            ++(update.met ? applied.replaced : applied.added);
        } else if (update.met) {
            ++applied.deleted;
        } else if (force) {
            ++applied.passed_over;
        } else {
            return Error(
                Errc::invalid_input,
                fmt::format("{}:{}: {} {} is to be deleted and is not in the dump: the updates are for another "
                            "dump or were applied already (--force passes over it)",
                            updates.file(), update.line, to_text(update.kind), quoted_name(update.name)));
        }
    }
    return applied;
}

/// Writes the records of the base and the updates among them.
class Merge {
public:
    Merge(UpdateSet& updates, const Survey& survey, DumpWriter& writer)
        : updates_(updates), survey_(survey), writer_(writer) {
        const auto& all = updates.updates();
        next_[1] = all.begin() + std::count_if(all.begin(), all.end(), [](const HeldUpdate& update) {
                       return update.kind == RecordKind::principal;
                   });
        next_[0] = all.begin();
        end_[0] = next_[1];
        end_[1] = all.end();
    }

    Result<void> take(const DumpReader& reader, RecordKind kind) {
        const std::string_view name = name_of(reader, kind);
        if (kind == RecordKind::policy) {
            if (const auto ok = add_rest(RecordKind::principal); !ok) return ok;
        }
        if (survey_.sorted[index(kind)]) {
            if (const auto ok = add_before(kind, name); !ok) return ok;
        }
        if (const HeldUpdate* update = updates_.find(kind, name)) {
            return update->deletes() ? Result<void>() : put(*update);
        }
        return kind == RecordKind::principal ? writer_.write(reader.principal()) : writer_.write(reader.policy());
    }

    Result<void> finish() {
        for (const RecordKind kind : {RecordKind::principal, RecordKind::policy}) {
            if (const auto ok = add_rest(kind); !ok) return ok;
        }
        return writer_.finish();
    }

private:
    using Place = std::vector<HeldUpdate>::const_iterator;

    Result<void> add_before(RecordKind kind, std::string_view name) {
        Place& next = next_[index(kind)];
        for (; next != end_[index(kind)] && next->name < name; ++next) {
            if (const auto ok = add(*next); !ok) return ok;
        }
        return {};
    }

    Result<void> add_rest(RecordKind kind) {
        for (Place& next = next_[index(kind)]; next != end_[index(kind)]; ++next) {
            if (const auto ok = add(*next); !ok) return ok;
        }
        return {};
    }

    Result<void> add(const HeldUpdate& update) { return update.met || update.deletes() ? Result<void>() : put(update); }

    Result<void> put(const HeldUpdate& update) {
        // Parsing may lower-case it.
        line_ = Secret(update.record);
        if (update.kind == RecordKind::principal) {
            if (const auto parsed = parse_principal(line_.writable(), principal_); !parsed) return parsed;
            return writer_.write(principal_);
        }
        if (const auto parsed = parse_policy(line_.writable(), DumpVersion::v7, policy_); !parsed) return parsed;
        return writer_.write(policy_);
    }

    UpdateSet& updates_;
    const Survey& survey_;
    DumpWriter& writer_;
    Place next_[kinds];
    Place end_[kinds];
    Secret line_;
    Principal principal_;
    Policy policy_;
};

}  // namespace

Result<Applied> apply(const DumpFile& base, UpdateSet& updates, const ApplyOptions& options, const WriteBytes& sink) {
    const auto surveyed = survey(base, updates);
    if (!surveyed) return surveyed.error();
    auto applied = count(updates, options.force);
    if (!applied) return applied.error();
    if (surveyed->records + applied->added == applied->deleted) {
        return Error(Errc::invalid_input,
                     "the updates delete every record: a dump without any would empty a secondary");
    }

    auto reader = DumpReader::open(read_from(base, 0), base.name);
    if (!reader) return reader.error();
    DumpWriter writer(sink, options.to.value_or(Format{surveyed->version, false}));
    writer.begin(surveyed->position);
    Merge merge(updates, *surveyed, writer);
    for (;;) {
        const auto record = reader->next();
        if (!record) return record.error();
        if (*record == DumpReader::Record::end) break;
        if (const auto ok = merge.take(*reader, kind_of(*record)); !ok) return ok.error();
    }
    if (const auto ok = merge.finish(); !ok) return ok.error();
    applied->losses = writer.losses();
    return applied;
}

}  // namespace kpropgw::formats
