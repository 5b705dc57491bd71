#include "formats/update/iprop_from_primary.hpp"

#include <algorithm>

#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

using Types = std::vector<std::int16_t>;

const IpropItem* find(const IpropUpdate& update, IpropSets sets) {
    const auto found = std::find_if(update.items.begin(), update.items.end(),
                                    [&](const IpropItem& item) { return item.sets == sets; });
    return found == update.items.end() ? nullptr : &*found;
}

Types listed_types(const IpropUpdate& update) {
    Types types;
    if (const IpropItem* item = find(update, IpropSets::tl_data)) {
        for (const IpropTlData& tl : std::get<std::vector<IpropTlData>>(item->value))
            types.push_back(tl.type);
    }
    return types;
}

bool is_apart(std::int16_t type) {
    return type == tl_last_pwd_change || type == tl_mod_princ;
}

bool contains(const Types& types, std::int16_t type) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

/// MIT logs tl-data all together, in their order, types 1 and 2 as items of their own.
bool lists_tl_data(const IpropUpdate& update) {
    return find(update, IpropSets::mod_time) || find(update, IpropSets::last_pwd_change) ||
           find(update, IpropSets::tl_data);
}

bool is_a_gateways(const Types& listed) {
    return std::any_of(listed.begin(), listed.end(), is_apart);
}

/// Where kadmind puts type 1 or 2 of a record that had none (lib/kadm5/srv): it makes type 8 and 2 of a new record
/// after 1, and 8 and 1 of an old one before, each in front of what there is.
Types::iterator place_of_new(Types& order, std::int16_t type, const Principal* held) {
    const auto mkvno = std::find(order.begin(), order.end(), tl_mkvno);
    if (type == tl_mod_princ) return mkvno;
    if (!held) return order.end();
    return held->find_tl(tl_mkvno) ? order.begin() : mkvno;
}

/// The order that the primary has: of `listed` it is known; types 1 and 2 stand after what they stood after before.
Types order_at_the_primary(const Types& listed, const Principal* held, const std::vector<TlData>& laid) {
    Types order = listed;
    Types apart;
    for (const TlData& item : laid) {
        if (is_apart(item.type)) apart.push_back(item.type);
    }
    // The modifier goes in first: its place is by another's.
    std::sort(apart.rbegin(), apart.rend());
    for (const std::int16_t type : apart) {
        const TlData* before = held ? held->find_tl(type) : nullptr;
        if (!before) {
            order.insert(place_of_new(order, type, held), type);
            continue;
        }
        // In front of the first that stood behind it and is still there.
        auto next = order.end();
        for (const TlData* item = before + 1; item != held->tl.data() + held->tl.size() && next == order.end(); ++item)
            next = std::find(order.begin(), order.end(), item->type);
        order.insert(next, type);
    }
    return order;
}

void arrange_tl_data(const IpropUpdate& update, const Principal* held, Principal& into) {
    const Types listed = listed_types(update);
    const IpropItem* password = find(update, IpropSets::last_pwd_change);
    const bool no_password =
        password && std::get<std::uint32_t>(password->value) == 0 && !(held && held->find_tl(tl_last_pwd_change));
    std::erase_if(into.tl, [&](const TlData& item) {
        if (item.type == tl_last_pwd_change) return no_password;
        return item.type != tl_mod_princ && !contains(listed, item.type);
    });
    const Types order = order_at_the_primary(listed, held, into.tl);
    const auto place = [&](const TlData& item) { return std::find(order.begin(), order.end(), item.type); };
    std::stable_sort(into.tl.begin(), into.tl.end(),
                     [&](const TlData& a, const TlData& b) { return place(a) < place(b); });
}

/// What changed and cannot be seen leaves such traces.
bool hides_a_change(const IpropUpdate& update, const Principal& held, const Principal& now) {
    if (!lists_tl_data(update) || find(update, IpropSets::keys)) return false;
    const auto hex_of = [](const Principal& principal, std::int16_t type) {
        const TlData* item = principal.find_tl(type);
        return item ? item->hex : std::string_view();
    };
    const auto differs = [&](std::int16_t type) { return hex_of(held, type) != hex_of(now, type); };
    if (differs(tl_mkvno) || differs(tl_last_pwd_change)) return true;
    Principal same = now;
    for (TlData& item : same.tl) {
        if (item.type == tl_mod_princ) item.hex = hex_of(held, tl_mod_princ);
    }
    return differs(tl_mod_princ) && compare(held, same) != Difference::real;
}

}  // namespace

bool carries_whole_record(const IpropUpdate& update) {
    constexpr IpropSets all[] = {IpropSets::attributes,    IpropSets::max_life,   IpropSets::max_renewable_life,
                                 IpropSets::expiration,    IpropSets::name,       IpropSets::keys,
                                 IpropSets::pw_expiration, IpropSets::base_length};
    return !update.deleted &&
           std::all_of(std::begin(all), std::end(all), [&](IpropSets sets) { return find(update, sets); });
}

Result<bool> overlay_from_primary(const IpropUpdate& update, const Principal* held, RecordTexts& texts,
                                  Principal& into) {
    // MIT logs the base length of new records alone, and those whole.
    const bool is_new = !held || find(update, IpropSets::base_length);
    if (auto ok = overlay(update, is_new ? nullptr : held, texts, into); !ok) return ok.error();
    if (is_new && held) {
        into.last_success = held->last_success;
        into.last_failed = held->last_failed;
        into.fail_auth_count = held->fail_auth_count;
    }
    const bool gateways = is_a_gateways(listed_types(update));
    if (lists_tl_data(update) && !gateways) arrange_tl_data(update, is_new ? nullptr : held, into);
    if (gateways) return false;
    return is_new ? !carries_whole_record(update) : hides_a_change(update, *held, into);
}

}  // namespace kpropgw::formats
