#include "gateway/store/intake.hpp"

#include "base/secret.hpp"
#include "gateway/core/guard.hpp"
#include "gateway/store/arriving.hpp"

namespace kpropgw::store {
namespace {

using formats::Difference;
using formats::DumpVersion;

/// The canonical line of a record: version 7, without its newline. Wiped when it goes, since it holds keys.
class CanonicalLine {
public:
    ~CanonicalLine() { wipe(text_); }
    std::string_view of(const formats::Principal& principal) {
        text_.clear();
        formats::append_principal(text_, principal, DumpVersion::v7);
        return std::string_view(text_).substr(0, text_.size() - 1);
    }
    std::string_view of(const formats::Policy& policy) {
        text_.clear();
        formats::append_policy(text_, policy, DumpVersion::v7);
        return std::string_view(text_).substr(0, text_.size() - 1);
    }

private:
    std::string text_;
};

/// What differs between the kinds, so that the merge is written once.
struct Principals {
    using Record = formats::Principal;
    static constexpr Kind kind = Kind::principal;
    static constexpr Arriving::Next next = Arriving::Next::principal;
    static const Record& of(const Arriving& arriving) { return arriving.principal(); }
    static Result<void> parse(std::string& line, Record& into) { return formats::parse_principal(line, into); }
};

struct Policies {
    using Record = formats::Policy;
    static constexpr Kind kind = Kind::policy;
    static constexpr Arriving::Next next = Arriving::Next::policy;
    static const Record& of(const Arriving& arriving) { return arriving.policy(); }
    static Result<void> parse(std::string& line, Record& into) {
        return formats::parse_policy(line, DumpVersion::v7, into);
    }
};

/// The outcome of one pass over the dump: absent where it turned out not to be in order.
using Pass = Result<std::optional<Taken>>;

class Merge {
public:
    Merge(Transaction& transaction, Arriving& arriving, core::Guard& guard, Time now)
        : transaction_(transaction), arriving_(arriving), guard_(guard), now_(now) {}
    ~Merge() { wipe(held_line_); }

    Pass run() {
        if (auto ok = advance(); !ok) return ok.error();
        if (auto ok = merge<Principals>(); !ok) return ok.error();
        if (auto ok = merge<Policies>(); !ok) return ok.error();
        if (next_ != Arriving::Next::end) return std::optional<Taken>();
        taken_.serial = transaction_.summary().serial;
        return std::optional<Taken>(taken_);
    }

private:
    Result<void> advance() {
        auto next = arriving_.next();
        if (!next) return next.error();
        next_ = *next;
        if (next_ == Arriving::Next::principal) guard_.see_principal(arriving_.principal().name);
        return {};
    }

    /// Both sides ascend, so one walk finds what was added, changed and removed.
    template <class Of>
    Result<void> merge() {
        auto held = transaction_.records(Of::kind);
        if (!held) return held.error();
        auto more = (*held)->next();
        if (!more) return more.error();
        typename Of::Record held_record;
        while (next_ == Of::next) {
            while (*more && (*held)->key() < arriving_.key()) {
                if (auto ok = remove<Of>(**held, held_record); !ok) return ok;
                if (more = (*held)->next(); !more) return more.error();
            }
            ++taken_.records;
            if (*more && (*held)->key() == arriving_.key()) {
                if (auto ok = renew<Of>((*held)->line(), held_record); !ok) return ok;
                if (more = (*held)->next(); !more) return more.error();
            } else {
                ++taken_.added;
                auto ok = transaction_.put(Of::kind, arriving_.key(), canonical_.of(Of::of(arriving_)), true, now_);
                if (!ok) return ok;
            }
            if (auto ok = advance(); !ok) return ok;
        }
        if (next_ == Arriving::Next::out_of_order) return {};
        while (*more) {
            if (auto ok = remove<Of>(**held, held_record); !ok) return ok;
            if (more = (*held)->next(); !more) return more.error();
        }
        return {};
    }

    template <class Of>
    Result<void> remove(const RecordCursor& held, typename Of::Record& held_record) {
        ++taken_.removed;
        held_line_.assign(held.line());
        if (auto ok = Of::parse(held_line_, held_record); !ok) return stored_is_bad(ok.error());
        return transaction_.erase(Of::kind, held.key(), held_record.name, now_);
    }

    template <class Of>
    Result<void> renew(std::string_view held, typename Of::Record& held_record) {
        const DumpVersion version = arriving_.version();
        if (version == DumpVersion::v7 && canonical_.of(Of::of(arriving_)) == held) return {};
        held_line_.assign(held);
        if (auto ok = Of::parse(held_line_, held_record); !ok) return stored_is_bad(ok.error());
        typename Of::Record record = Of::of(arriving_);
        formats::keep_what_cannot_travel(record, held_record, version);
        switch (formats::compare(held_record, record)) {
            case Difference::none:
                return {};
            case Difference::unimportant:
                ++taken_.refreshed;
                return transaction_.refresh(Of::kind, arriving_.key(), canonical_.of(record));
            case Difference::real:
                break;
        }
        ++taken_.changed;
        return transaction_.put(Of::kind, arriving_.key(), canonical_.of(record), false, now_);
    }

    static Error stored_is_bad(const Error& error) {
        return Error(Errc::corrupt, error.text()).in("a record of the store cannot be read");
    }

    Transaction& transaction_;
    Arriving& arriving_;
    core::Guard& guard_;
    Time now_;
    Arriving::Next next_ = Arriving::Next::end;
    Taken taken_;
    CanonicalLine canonical_;
    std::string held_line_;
};

Pass merge(Store& store, Arriving& arriving, const Origin& origin, Time now) {
    core::Guard guard(origin.realm);
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    auto taken = Merge(**transaction, arriving, guard, now).run();
    if (!taken || !*taken) return taken;
    if (auto ok = guard.finish(); !ok) return ok.error().in(origin.name);
    (*transaction)->set_position({now, origin.from});
    if (auto ok = (*transaction)->commit(); !ok) return ok.error();
    return taken;
}

Pass build(Store& store, Arriving& arriving, const Origin& origin, Time now) {
    core::Guard guard(origin.realm);
    auto rebuild = store.rebuild();
    if (!rebuild) return rebuild.error();
    CanonicalLine canonical;
    Taken taken;
    for (;;) {
        auto next = arriving.next();
        if (!next) return next.error();
        Result<void> ok;
        switch (*next) {
            case Arriving::Next::out_of_order:
                return std::optional<Taken>();
            case Arriving::Next::principal:
                guard.see_principal(arriving.principal().name);
                ok = (*rebuild)->add(Kind::principal, arriving.key(), canonical.of(arriving.principal()));
                break;
            case Arriving::Next::policy:
                ok = (*rebuild)->add(Kind::policy, arriving.key(), canonical.of(arriving.policy()));
                break;
            case Arriving::Next::end: {
                if (ok = guard.finish(); !ok) return ok.error().in(origin.name);
                auto summary = (*rebuild)->commit({now, origin.from}, now);
                if (!summary) return summary.error();
                taken.serial = summary->serial;
                return std::optional<Taken>(taken);
            }
        }
        if (!ok) return ok.error();
        ++taken.added;
        ++taken.records;
    }
}

Pass pass(Store& store, Arriving& arriving, const Origin& origin, Time now) {
    auto snapshot = store.snapshot();
    if (!snapshot) return snapshot.error();
    const bool first = (*snapshot)->summary().serial == Serial{};
    snapshot->reset();
    return first ? build(store, arriving, origin, now) : merge(store, arriving, origin, now);
}

}  // namespace

Result<Taken> take_in(Store& store, const File& dump, const Origin& origin, const Clock& clock) {
    const Time now = clock.now();
    // Nearly every dump is in order, which only reading it tells.
    auto arriving = read_in_order(dump, origin.name);
    if (!arriving) return arriving.error();
    auto taken = pass(store, **arriving, origin, now);
    if (taken && !*taken) {
        arriving = read_sorted(dump, origin.name, store.directory());
        if (!arriving) return arriving.error();
        taken = pass(store, **arriving, origin, now);
    }
    if (!taken) return taken.error();
    return **taken;
}

}  // namespace kpropgw::store
