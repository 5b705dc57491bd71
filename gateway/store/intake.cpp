#include "gateway/store/intake.hpp"

#include "gateway/core/guard.hpp"
#include "gateway/events/catalogue.hpp"
#include "gateway/store/arriving.hpp"
#include "gateway/store/record_change.hpp"

namespace kpropgw::store {
namespace {

/// Where each kind is in an arriving dump.
template <class Of>
constexpr Arriving::Next next_of = Of::kind == Kind::principal ? Arriving::Next::principal : Arriving::Next::policy;

const formats::Principal& record_of(Principals, const Arriving& arriving) {
    return arriving.principal();
}

const formats::Policy& record_of(Policies, const Arriving& arriving) {
    return arriving.policy();
}

/// The outcome of one pass over the dump: absent where it turned out not to be in order.
using Pass = Result<std::optional<Taken>>;

class Merge {
public:
    Merge(Transaction& transaction, Arriving& arriving, core::Guard& guard, const Origin& origin, Time now)
        : transaction_(transaction), arriving_(arriving), guard_(guard), changes_(transaction, origin.realm, now) {}

    Pass run() {
        if (auto ok = advance(); !ok) return ok.error();
        if (auto ok = merge<Principals>(); !ok) return ok.error();
        if (auto ok = merge<Policies>(); !ok) return ok.error();
        if (next_ != Arriving::Next::end) return std::optional<Taken>();
        Taken taken = changes_.taken();
        taken.records = records_;
        taken.serial = transaction_.summary().serial;
        return std::optional<Taken>(taken);
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
        while (next_ == next_of<Of>) {
            while (*more && (*held)->key() < arriving_.key()) {
                if (more = erase<Of>(**held); !more) return more.error();
            }
            ++records_;
            std::optional<std::string_view> line;
            if (*more && (*held)->key() == arriving_.key()) {
                const auto found = (*held)->line();
                if (!found) return found.error();
                line = *found;
            }
            auto ok = changes_.put<Of>(arriving_.key(), line, record_of(Of(), arriving_), arriving_.version());
            if (!ok) return ok;
            if (line) {
                if (more = (*held)->next(); !more) return more.error();
            }
            if (ok = advance(); !ok) return ok;
        }
        if (next_ == Arriving::Next::out_of_order) return {};
        while (*more) {
            if (more = erase<Of>(**held); !more) return more.error();
        }
        return {};
    }

    /// Goes on to the next one too, and says whether there is one.
    template <class Of>
    Result<bool> erase(RecordCursor& held) {
        const auto line = held.line();
        if (!line) return line.error();
        if (auto ok = changes_.erase<Of>(held.key(), *line); !ok) return ok.error();
        return held.next();
    }

    Transaction& transaction_;
    Arriving& arriving_;
    core::Guard& guard_;
    RecordChanges changes_;
    Arriving::Next next_ = Arriving::Next::end;
    std::uint64_t records_ = 0;
};

Position position_of(const Arriving& arriving, const Origin& origin, Time now) {
    Position position{now, origin.from, {}};
    if (const auto& at = arriving.position(); at && !origin.source.empty()) {
        position.source = SourcePosition{origin.source, at->serial, at->seconds, at->microseconds};
    }
    return position;
}

Pass merge(Store& store, Arriving& arriving, const Origin& origin, Time now) {
    core::Guard guard(origin.realm);
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    auto taken = Merge(**transaction, arriving, guard, origin, now).run();
    if (!taken || !*taken) return taken;
    if (auto ok = guard.finish(); !ok) return ok.error().in(origin.name);
    (*transaction)->set_position(position_of(arriving, origin, now));
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
                auto summary = (*rebuild)->commit(position_of(arriving, origin, now), now);
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

/// What the guard and the store say names its cause.
Error damaged(const Error& error) {
    const bool is_bad = error.code() == Errc::invalid_input || error.code() == Errc::corrupt;
    return is_bad && error.cause().empty() ? error.because(causes::dump_damaged) : error;
}

}  // namespace

Result<Taken> take_in(Store& store, const File& dump, const Origin& origin, const Clock& clock) {
    const Time now = clock.now();
    // Nearly every dump is in order, which only reading it tells.
    auto arriving = read_in_order(dump, origin.name);
    if (!arriving) return damaged(arriving.error());
    auto taken = pass(store, **arriving, origin, now);
    if (taken && !*taken) {
        arriving = read_sorted(dump, origin.name, store.directory());
        if (!arriving) return damaged(arriving.error());
        taken = pass(store, **arriving, origin, now);
    }
    if (!taken) return damaged(taken.error());
    return **taken;
}

}  // namespace kpropgw::store
