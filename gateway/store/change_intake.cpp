#include <fmt/format.h>

#include "base/secret.hpp"
#include "formats/quoted.hpp"
#include "formats/update/iprop_from_primary.hpp"
#include "gateway/store/intake.hpp"
#include "gateway/store/record_change.hpp"
#include "gateway/store/record_key.hpp"

namespace kpropgw::store {
namespace {

/// Takes one change after another into a transaction. The held record of an overlay lives until the next.
class ChangeIntake {
public:
    ChangeIntake(Transaction& transaction, const Origin& origin, Time now)
        : transaction_(transaction), origin_(origin), changes_(transaction, origin.realm, now) {}

    Result<void> take(const ArrivingChange& change) {
        return change.kind == Kind::principal ? take<Principals>(change) : take<Policies>(change);
    }

    /// As core::Guard of a dump.
    Result<void> check_what_is_left() const {
        if (changes_.taken().removed == 0) return {};
        for (const std::string& name :
             {fmt::format("K/M@{}", origin_.realm), fmt::format("krbtgt/{0}@{0}", origin_.realm)}) {
            auto held = transaction_.find(Kind::principal, record_key(name));
            if (!held) return held.error();
            if (*held) continue;
            return Error(Errc::invalid_input,
                         fmt::format("the changes remove \"{}\", without which no KDC can serve", name));
        }
        return {};
    }

    Taken taken() const {
        Taken taken = changes_.taken();
        taken.hiding = hiding_;
        return taken;
    }

private:
    template <class Of>
    Result<void> take(const ArrivingChange& change) {
        if (const auto* put = std::get_if<ArrivingChange::Put>(&change.what)) return take_put<Of>(*put);
        if (const auto* erase = std::get_if<ArrivingChange::Erase>(&change.what)) return take_erase<Of>(*erase);
        if constexpr (Of::kind == Kind::principal) {
            const formats::IpropUpdate& update = *std::get<ArrivingChange::Update>(change.what).update;
            return update.deleted ? take_erase<Of>({update.name}) : overlay(update);
        }
        return Error(Errc::invalid_input, "an update of a policy came, which no source can send");
    }

    template <class Of>
    Result<void> take_put(const ArrivingChange::Put& put) {
        line_.text.assign(put.line);
        typename Of::Record record;
        if (auto ok = Of::parse(line_.text, record); !ok) return ok;
        if (record.name.empty()) return nameless();
        const std::string key = record_key(record.name);
        auto held = transaction_.find(Of::kind, key);
        if (!held) return held.error();
        return changes_.put<Of>(key, *held, record);
    }

    template <class Of>
    Result<void> take_erase(const ArrivingChange::Erase& erase) {
        if (erase.name.empty()) return nameless();
        const std::string key = record_key(erase.name);
        auto held = transaction_.find(Of::kind, key);
        if (!held) return held.error();
        return *held ? changes_.erase<Of>(key, **held) : Result<void>();
    }

    Result<void> overlay(const formats::IpropUpdate& update) {
        if (update.name.empty()) return nameless();
        const std::string key = record_key(update.name);
        auto held = transaction_.find(Kind::principal, key);
        if (!held) return held.error();
        formats::Principal before;
        formats::Principal after;
        if (*held) {
            line_.text.assign(**held);
            if (auto ok = Principals::parse(line_.text, before); !ok) return ok.error().in("the record held");
        }
        formats::RecordTexts texts;
        const auto hides = formats::overlay_from_primary(update, *held ? &before : nullptr, texts, after);
        if (!hides) return hides.error();
        if (*hides) ++hiding_;
        if (after.name != update.name) {
            return Error(Errc::invalid_input, "the update would rename it to " + formats::quoted_name(after.name));
        }
        // What an update makes of a record has to be one that a dump can hold.
        SecretText line;
        formats::append_principal(line.text, after, formats::DumpVersion::v7);
        line.text.pop_back();
        formats::Principal checked;
        if (auto ok = Principals::parse(line.text, checked); !ok) return ok;
        return changes_.put<Principals>(key, *held, checked);
    }

    static Error nameless() { return Error(Errc::invalid_input, "the name is empty"); }

    Transaction& transaction_;
    const Origin& origin_;
    RecordChanges changes_;
    SecretText line_;
    std::uint64_t hiding_ = 0;
};

std::string_view name_of(const ArrivingChange& change) {
    if (const auto* erase = std::get_if<ArrivingChange::Erase>(&change.what)) return erase->name;
    if (const auto* arrived = std::get_if<ArrivingChange::Update>(&change.what)) return arrived->update->name;
    return {};
}

Error at(const Error& error, const Origin& origin, std::size_t ordinal, const ArrivingChange& change) {
    const std::string_view name = name_of(change);
    return error.in(fmt::format("{}: change {}{}{}", origin.name, ordinal, name.empty() ? "" : " of ",
                                name.empty() ? "" : formats::quoted_name(name)));
}

}  // namespace

Result<Taken> take_changes(Store& store, std::span<const ArrivingChange> changes, const Origin& origin,
                           const SourcePosition& position, const Clock& clock) {
    const Time now = clock.now();
    auto transaction = store.begin();
    if (!transaction) return transaction.error();
    const Summary& summary = (*transaction)->summary();
    if (summary.serial == Serial{}) {
        return Error(Errc::conflict, origin.name + ": there is no registry yet to which changes could be made");
    }
    ChangeIntake intake(**transaction, origin, now);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (auto ok = intake.take(changes[i]); !ok) return at(ok.error(), origin, i + 1, changes[i]);
    }
    if (auto ok = intake.check_what_is_left(); !ok) return ok.error().in(origin.name);
    Taken taken = intake.taken();
    taken.records = changes.size();
    taken.serial = summary.serial;
    const bool moved = !summary.position || summary.position->source != position;
    if (!taken.is_change() && taken.refreshed == 0 && !moved) return taken;
    (*transaction)->set_position({now, origin.from, position});
    if (auto ok = (*transaction)->commit(); !ok) return ok.error();
    return taken;
}

}  // namespace kpropgw::store
