#include "formats/update/iprop_put.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.hpp"
#include "base/secret.hpp"
#include "formats/quoted.hpp"
#include "formats/update/iprop_overlay.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::uint32_t base_length = 38;  // KRB5_KDB_V1_BASE_LENGTH; DB2 aborts on any other

/// The bytes of a record's hexadecimal views, in one piece that does not move.
class Bytes {
public:
    explicit Bytes(const Principal& principal) {
        std::size_t digits = 0;
        for (const TlData& item : principal.tl)
            digits += item.hex.size();
        for (const Key& key : principal.keys)
            digits += key.element[0].hex.size() + key.element[1].hex.size();
        bytes_.text.reserve(digits / 2);
    }

    std::string_view of(std::string_view hex) {
        const std::size_t before = bytes_.text.size();
        append_bytes_of_hex(bytes_.text, hex);
        return std::string_view(bytes_.text).substr(before);
    }

private:
    SecretText bytes_;
};

std::vector<IpropKey> keys_of(const Principal& principal, Bytes& bytes) {
    std::vector<IpropKey> keys;
    for (const Key& from : principal.keys) {
        IpropKey& key = keys.emplace_back();
        key.elements = from.elements;
        key.kvno = from.kvno;
        for (int i = 0; i < from.elements; ++i) {
            key.type[i] = static_cast<std::int16_t>(from.element[i].type);
            key.contents[i] = bytes.of(from.element[i].hex);
        }
    }
    return keys;
}

/// Last first: kpropd puts what is new before all others. Each by itself: before MIT 1.9.2 and 1.10 it takes only the
/// first of a list (krb5_dbe_update_tl_data).
void add_tl_data(std::vector<IpropItem>& items, const Principal& principal, Bytes& bytes) {
    for (auto from = principal.tl.rbegin(); from != principal.tl.rend(); ++from) {
        items.push_back({IpropSets::tl_data, std::vector<IpropTlData>{{from->type, bytes.of(from->hex)}}});
    }
}

bool has_two_of_one_type(const std::vector<TlData>& tl) {
    std::vector<std::int16_t> types;
    for (const TlData& item : tl)
        types.push_back(item.type);
    std::sort(types.begin(), types.end());
    return std::adjacent_find(types.begin(), types.end()) != types.end();
}

/// What an update cannot say of a record; nullptr when it can say all.
const char* what_does_not_travel(const Principal& principal, const IpropName& name) {
    if (principal.realm().empty()) return "its name has no realm";
    const auto has_nul = [](const std::string& part) { return part.find('\0') != std::string::npos; };
    // MIT copies them as strings (kdb_convert.c:set_from_utf8str).
    if (has_nul(name.realm) || std::any_of(name.components.begin(), name.components.end(), has_nul)) {
        return "its name holds a NUL byte";
    }
    if (has_two_of_one_type(principal.tl)) return "two of its tl-data have one type";
    return nullptr;
}

Error only_in_a_dump(const Principal& principal, std::string_view why) {
    return Error(Errc::invalid_input, fmt::format("principal {}: {}, so that no update can carry it, only a dump",
                                                  quoted_name(principal.name), why));
}

bool loses_a_keys_contents(const Key& held, const Key& now) {
    for (int i = 0; i < std::min(held.elements, now.elements); ++i) {
        if (now.element[i].hex.empty() && !held.element[i].hex.empty()) return true;
    }
    return false;
}

}  // namespace

Result<void> append_iprop_put(std::string& out, const Principal& principal, const LogPosition& at) {
    IpropName name = take_apart(principal.name);
    if (const char* why = what_does_not_travel(principal, name)) return only_in_a_dump(principal, why);
    Bytes bytes(principal);
    IpropUpdate update;
    update.name = principal.name;
    update.at = at;
    update.items = {{IpropSets::attributes, static_cast<std::uint32_t>(principal.attributes)},
                    {IpropSets::max_life, static_cast<std::uint32_t>(principal.max_life)},
                    {IpropSets::max_renewable_life, static_cast<std::uint32_t>(principal.max_renewable_life)},
                    {IpropSets::expiration, principal.expiration},
                    {IpropSets::pw_expiration, principal.pw_expiration},
                    {IpropSets::name, std::move(name)},
                    {IpropSets::keys, keys_of(principal, bytes)},
                    {IpropSets::base_length, base_length}};
    add_tl_data(update.items, principal, bytes);
    const std::size_t before = out.size();
    XdrWriter writer(out);
    write_iprop_update(writer, update);
    if (const std::size_t size = out.size() - before; size > longest_iprop_update) {
        wipe(std::span(out).subspan(before));
        out.resize(before);
        return only_in_a_dump(principal,
                              fmt::format("its update has {} bytes, the limit is {}", size, longest_iprop_update));
    }
    return {};
}

void append_iprop_delete(std::string& out, std::string_view name, const LogPosition& at) {
    IpropUpdate update;
    update.name = name;
    update.at = at;
    update.deleted = true;
    XdrWriter writer(out);
    write_iprop_update(writer, update);
}

void append_iprop_no_change(std::string& out, std::string_view realm, const LogPosition& at) {
    // An empty update of a principal that exists would do too, but kpropd aborts where it does not exist.
    append_iprop_delete(out, fmt::format("kpropgw\\/no-change@{}", realm), at);
}

bool needs_deletion_first(const Principal& held, const Principal& now) {
    for (std::size_t i = 0; i < std::min(held.keys.size(), now.keys.size()); ++i) {
        if (loses_a_keys_contents(held.keys[i], now.keys[i])) return true;
    }
    std::vector<TlData> laid_over = held.tl;
    for (auto item = now.tl.rbegin(); item != now.tl.rend(); ++item)
        put_tl_data(laid_over, *item);
    return laid_over != now.tl;
}

}  // namespace kpropgw::formats
