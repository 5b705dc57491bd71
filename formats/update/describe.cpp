#include "formats/update/describe.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <map>
#include <optional>
#include <set>

#include "base/enctype.hpp"
#include "formats/inspect/names.hpp"
#include "formats/tl/kadm_data.hpp"
#include "formats/tl/tl_types.hpp"
#include "formats/tl/tl_values.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::int16_t tl_last_password_change = 1;
constexpr std::int16_t tl_string_attributes = 11;

/// "30d", "1d 2h", "90s"; "0" means what kadmin makes of it: no limit, or the KDC's own.
std::string duration(std::uint32_t seconds) {
    std::string text;
    for (const auto& [unit, size] : {std::pair('d', 86400u), {'h', 3600u}, {'m', 60u}, {'s', 1u}}) {
        if (seconds < size) continue;
        text += fmt::format("{}{}{}", text.empty() ? "" : " ", seconds / size, unit);
        seconds %= size;
    }
    return text.empty() ? "0" : text;
}

std::string date(std::uint32_t seconds) {
    return seconds == 0 ? "never" : fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time_t{seconds}));
}

std::string plain(std::int64_t value) {
    return std::to_string(value);
}

class Notes {
public:
    void add(std::string field, std::string old, std::string now) {
        if (old != now) list_.push_back({std::move(field), std::move(old), std::move(now)});
    }
    void changed(std::string field) { list_.push_back({std::move(field), "", ""}); }
    bool empty() const { return list_.empty(); }
    std::vector<Note> take() { return std::move(list_); }

private:
    std::vector<Note> list_;
};

/// kvno and enctypes of the newest keys.
std::pair<std::uint16_t, std::string> newest_keys(const Principal& principal) {
    std::uint16_t newest = 0;
    std::string enctypes;
    for (const Key& key : principal.keys) {
        newest = std::max(newest, key.kvno);
    }
    for (const Key& key : principal.keys) {
        if (key.kvno == newest) enctypes += (enctypes.empty() ? "" : " ") + enctype_name(key.element[0].type);
    }
    return {newest, enctypes};
}

void describe_keys(const Principal& old, const Principal& now, Notes& notes) {
    if (old.keys == now.keys) return;
    const auto [old_kvno, old_enctypes] = newest_keys(old);
    const auto [new_kvno, new_enctypes] = newest_keys(now);
    notes.add("kvno", old.keys.empty() ? "" : plain(old_kvno), now.keys.empty() ? "" : plain(new_kvno));
    notes.add("enctypes", old_enctypes, new_enctypes);
    if (old.keys.size() != now.keys.size())
        notes.add("number of keys", plain(static_cast<std::int64_t>(old.keys.size())),
                  plain(static_cast<std::int64_t>(now.keys.size())));
    if (old.keys.size() == now.keys.size() && old_kvno == new_kvno && old_enctypes == new_enctypes)
        notes.changed("key contents");
}

std::set<std::string> names_in(const std::string& text) {
    std::set<std::string> names;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        names.insert(text.substr(at, end - at));
        at = end + 1;
    }
    return names;
}

void describe_attributes(std::int32_t old, std::int32_t now, Notes& notes) {
    if (old == now) return;
    const auto before = names_in(attribute_names(old & ~now));
    const auto after = names_in(attribute_names(now & ~old));
    for (const auto& name : after) {
        notes.add("attribute " + name, "off", "on");
    }
    for (const auto& name : before) {
        notes.add("attribute " + name, "on", "off");
    }
}

std::string_view hex_of(const TlData* item) {
    return item ? item->hex : std::string_view();
}

void describe_kadm_data(const TlData* old, const TlData* now, Notes& notes) {
    KadmData before;
    KadmData after;
    if ((old && !decode_kadm_data(old->hex, before)) || (now && !decode_kadm_data(now->hex, after))) {
        return notes.changed("KADM_DATA");
    }
    notes.add("policy", before.policy.value_or(""), after.policy.value_or(""));
    if (before.old_keys != after.old_keys || before.old_sizes != after.old_sizes || before.next_old != after.next_old) {
        notes.changed("password history");
    }
    notes.add("history kvno", plain(before.history_kvno), plain(after.history_kvno));
    if (before.aux_attributes != after.aux_attributes && before.policy.has_value() == after.policy.has_value()) {
        notes.changed("auxiliary attributes");
    }
    if (before == after) notes.changed("KADM_DATA");
}

void describe_string_attributes(const TlData* old, const TlData* now, Notes& notes) {
    const auto before = decode_string_attributes(hex_of(old));
    const auto after = decode_string_attributes(hex_of(now));
    if ((old && !before) || (now && !after)) return notes.changed("STRING_ATTRS");
    std::map<std::string, std::string> held;
    std::map<std::string, std::string> holds;
    if (old) {
        for (const auto& attribute : *before)
            held[attribute.name] = attribute.value;
    }
    if (now) {
        for (const auto& attribute : *after)
            holds[attribute.name] = attribute.value;
    }
    for (const auto& [name, value] : held) {
        const auto found = holds.find(name);
        if (found == holds.end()) {
            notes.add("string attribute " + name, "set", "");
        } else if (found->second != value) {
            notes.changed("string attribute " + name);
        }
    }
    for (const auto& [name, value] : holds) {
        if (!held.contains(name)) notes.add("string attribute " + name, "", "set");
    }
}

void describe_time(const char* what, const TlData* old, const TlData* now, Notes& notes) {
    const auto before = decode_time(hex_of(old), what);
    const auto after = decode_time(hex_of(now), what);
    if ((old && !before) || (now && !after)) return notes.changed(what);
    notes.add(what, old ? date(*before) : "", now ? date(*after) : "");
}

std::string type_text(std::int16_t type) {
    const std::string_view name = tl_type_name(type);
    return name.empty() ? fmt::format("tl-data {}", type) : std::string(name);
}

void describe_tl(const Principal& old, const Principal& now, Notes& notes) {
    std::set<std::int16_t> types;
    for (const auto& item : old.tl)
        types.insert(item.type);
    for (const auto& item : now.tl)
        types.insert(item.type);
    for (const std::int16_t type : types) {
        const TlData* before = old.find_tl(type);
        const TlData* after = now.find_tl(type);
        if (before && after && *before == *after) continue;
        switch (type) {
            case tl_kadm_data:
                describe_kadm_data(before, after, notes);
                break;
            case tl_string_attributes:
                describe_string_attributes(before, after, notes);
                break;
            case tl_last_password_change:
                describe_time("last password change", before, after, notes);
                break;
            default:
                if (before && after) {
                    notes.changed(type_text(type));
                } else {
                    notes.add(type_text(type), before ? "set" : "", after ? "set" : "");
                }
        }
    }
}

}  // namespace

std::vector<Note> describe(const Principal& old, const Principal& now) {
    Notes notes;
    describe_keys(old, now, notes);
    describe_attributes(old.attributes, now.attributes, notes);
    notes.add("maximum life", duration(static_cast<std::uint32_t>(old.max_life)),
              duration(static_cast<std::uint32_t>(now.max_life)));
    notes.add("maximum renewable life", duration(static_cast<std::uint32_t>(old.max_renewable_life)),
              duration(static_cast<std::uint32_t>(now.max_renewable_life)));
    notes.add("expiration", date(old.expiration), date(now.expiration));
    notes.add("password expiration", date(old.pw_expiration), date(now.pw_expiration));
    describe_tl(old, now, notes);
    notes.add("last success", date(old.last_success), date(now.last_success));
    notes.add("last failure", date(old.last_failed), date(now.last_failed));
    notes.add("failures", plain(old.fail_auth_count), plain(now.fail_auth_count));
    if (notes.empty()) notes.changed("order of tl-data");
    return notes.take();
}

std::vector<Note> describe(const Policy& old, const Policy& now) {
    Notes notes;
    notes.add("minimum password life", duration(old.min_life), duration(now.min_life));
    notes.add("maximum password life", duration(old.max_life), duration(now.max_life));
    notes.add("minimum length", plain(old.min_length), plain(now.min_length));
    notes.add("minimum classes", plain(old.min_classes), plain(now.min_classes));
    notes.add("history", plain(old.history), plain(now.history));
    notes.add("maximum failures", plain(old.max_fail), plain(now.max_fail));
    notes.add("failure interval", duration(old.fail_interval), duration(now.fail_interval));
    notes.add("lockout", duration(old.lockout_duration), duration(now.lockout_duration));
    describe_attributes(static_cast<std::int32_t>(old.attributes), static_cast<std::int32_t>(now.attributes), notes);
    notes.add("maximum ticket life", duration(old.max_ticket_life), duration(now.max_ticket_life));
    notes.add("maximum renewable ticket life", duration(old.max_renewable_ticket_life),
              duration(now.max_renewable_ticket_life));
    notes.add("allowed keysalts", std::string(old.allowed_keysalts), std::string(now.allowed_keysalts));
    notes.add("reference count", plain(old.refcnt), plain(now.refcnt));
    if (old.tl != now.tl) notes.changed("tl-data");
    return notes.take();
}

std::string to_text(const Note& note) {
    if (note.old.empty() && note.now.empty()) return note.field + " changed";
    if (note.old.empty()) return fmt::format("{} {}", note.field, note.now == "set" ? "set" : "set: " + note.now);
    if (note.now.empty()) {
        return fmt::format("{} {}", note.field, note.old == "set" ? "removed" : "removed: " + note.old);
    }
    return fmt::format("{} {} to {}", note.field, note.old, note.now);
}

}  // namespace kpropgw::formats
