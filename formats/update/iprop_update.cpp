#include "formats/update/iprop_update.hpp"

#include <fmt/format.h>

#include "formats/principal_name.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::size_t longest_contents = UINT16_MAX;  // key_data_length, tl_data_length of MIT kdb.h

std::int16_t read_int16(XdrReader& in, const char* field) {
    const std::int32_t value = in.i32(field);
    if (value < INT16_MIN || value > INT16_MAX) in.fail(fmt::format("{} is beyond 16 bits", field));
    return static_cast<std::int16_t>(value);
}

IpropName read_name(XdrReader& in) {
    constexpr std::size_t smallest_component = 8;
    IpropName name;
    name.realm = in.opaque("realm", longest_principal_name);
    const std::size_t components = in.count("components of the name", smallest_component);
    if (components == 0) in.fail("the name has no component");
    for (std::size_t i = 0; i < components && !in.failed(); ++i) {
        in.i32("magic number");
        name.components.emplace_back(in.opaque("component of the name", longest_principal_name));
    }
    name.type = in.i32("type of the name");
    return name;
}

/// MIT writes as many types and contents as the version says, and an old one reads as many, however few there are.
void read_size(XdrReader& in, const char* field, std::int32_t elements) {
    if (in.u32(field) != static_cast<std::uint32_t>(elements)) in.fail(fmt::format("{} is not its version", field));
}

IpropKey read_key(XdrReader& in) {
    IpropKey key;
    key.elements = in.i32("version of a key");
    if (key.elements < 1 || key.elements > 2) in.fail("the version of a key is not 1 or 2");
    const std::uint32_t kvno = in.u32("kvno");
    if (kvno > UINT16_MAX) in.fail("the kvno is beyond 16 bits");
    key.kvno = static_cast<std::uint16_t>(kvno);
    read_size(in, "count of a key's types", key.elements);
    for (int i = 0; i < key.elements && !in.failed(); ++i)
        key.type[i] = read_int16(in, "type of a key or salt");
    read_size(in, "count of a key's contents", key.elements);
    for (int i = 0; i < key.elements && !in.failed(); ++i)
        key.contents[i] = in.opaque("key or salt", longest_contents);
    return key;
}

std::vector<IpropKey> read_keys(XdrReader& in) {
    constexpr std::size_t smallest_key = 6 * 4;
    const std::size_t count = in.count("keys", smallest_key);
    if (count > INT16_MAX) in.fail("there are more than 32767 keys");
    std::vector<IpropKey> keys;
    for (std::size_t i = 0; i < count && !in.failed(); ++i)
        keys.push_back(read_key(in));
    return keys;
}

std::vector<IpropTlData> read_tl_data(XdrReader& in) {
    constexpr std::size_t smallest_item = 2 * 4;
    const std::size_t count = in.count("tl-data", smallest_item);
    if (count > INT16_MAX) in.fail("there are more than 32767 tl-data");
    std::vector<IpropTlData> items;
    for (std::size_t i = 0; i < count && !in.failed(); ++i) {
        const std::int16_t type = read_int16(in, "type of tl-data");
        items.push_back({type, in.opaque("tl-data", longest_contents)});
    }
    return items;
}

/// What MIT's definition has and no MIT writes or reads.
void skip(XdrReader& in, std::int32_t type) {
    constexpr std::size_t smallest_key = 6 * 4;
    switch (type) {
        case 17:  // AT_PW_POLICY_SWITCH
            in.boolean("switch of the policy");
            break;
        case 18:  // AT_PW_HIST_KVNO
            in.u32("kvno of the history");
            break;
        case 19: {  // AT_PW_HIST
            const std::size_t passwords = in.count("old passwords", 4);
            for (std::size_t i = 0; i < passwords && !in.failed(); ++i) {
                const std::size_t keys = in.count("keys of an old password", smallest_key);
                for (std::size_t k = 0; k < keys && !in.failed(); ++k)
                    read_key(in);
            }
            break;
        }
        default:  // AT_MOD_WHERE, AT_PW_POLICY, futures
            in.opaque("what is not known", SIZE_MAX);
    }
}

void read_item(XdrReader& in, std::vector<IpropItem>& items) {
    const std::int32_t type = in.i32("what is set");
    const auto sets = static_cast<IpropSets>(type);
    switch (sets) {
        case IpropSets::attributes:
        case IpropSets::max_life:
        case IpropSets::max_renewable_life:
        case IpropSets::expiration:
        case IpropSets::pw_expiration:
        case IpropSets::last_success:
        case IpropSets::last_failed:
        case IpropSets::fail_auth_count:
        case IpropSets::base_length:
        case IpropSets::mod_time:
        case IpropSets::last_pwd_change:
            items.push_back({sets, in.u32("number")});
            break;
        case IpropSets::name:
        case IpropSets::mod_princ:
            items.push_back({sets, read_name(in)});
            break;
        case IpropSets::keys:
            items.push_back({sets, read_keys(in)});
            break;
        case IpropSets::tl_data:
            items.push_back({sets, read_tl_data(in)});
            break;
        default:
            skip(in, type);
    }
}

}  // namespace

void read_iprop_update(XdrReader& in, IpropUpdate& into) {
    constexpr std::size_t smallest_item = 2 * 4;
    into.name = in.opaque("name", longest_principal_name);
    into.at.serial = in.u32("serial");
    into.at.seconds = in.u32("seconds");
    into.at.microseconds = in.u32("microseconds");
    into.items.clear();
    const std::size_t items = in.count("items", smallest_item);
    for (std::size_t i = 0; i < items && !in.failed(); ++i)
        read_item(in, into.items);
    into.deleted = in.boolean("deleted");
    into.committed = in.boolean("committed");
    const std::size_t seen_by = in.count("hosts that saw it", 4);
    for (std::size_t i = 0; i < seen_by && !in.failed(); ++i)
        in.opaque("host that saw it", SIZE_MAX);
    in.opaque("futures", SIZE_MAX);
    if (in.failed()) return;
    if (into.name.empty()) return in.fail("the name is empty");
    if (const auto problem = problem_of_principal_name(into.name)) in.fail(*problem);
}

Result<std::size_t> decode_iprop_update(std::string_view bytes, IpropUpdate& into) {
    XdrReader in(bytes, "update");
    read_iprop_update(in, into);
    const std::size_t size = in.at();
    in.rest();
    if (auto ok = in.finish(); !ok) return ok.error();
    return size;
}

LogPosition log_position(std::uint32_t serial, Time time) {
    constexpr std::int64_t million = 1'000'000;
    const std::int64_t microseconds = time.time_since_epoch().count();
    return {serial, static_cast<std::uint32_t>(microseconds / million),
            static_cast<std::uint32_t>(microseconds % million)};
}

}  // namespace kpropgw::formats
