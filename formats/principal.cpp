#include <algorithm>

#include "formats/field_cursor.hpp"
#include "formats/principal_name.hpp"
#include "formats/quoted.hpp"
#include "formats/record.hpp"
#include "formats/tl/tl_data.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

/// KRB5_KDB_V1_BASE_LENGTH: DB2's encoder aborts at any other.
constexpr std::int64_t base_length = 38;

/// The numbers that stand before the name.
struct Sizes {
    std::size_t name = 0;
    std::size_t tl = 0;
    std::size_t keys = 0;
};

Sizes read_sizes(FieldCursor& in) {
    Sizes sizes;
    in.number("base length", base_length, base_length);
    sizes.name = static_cast<std::size_t>(in.number("length of the name", 1, longest_principal_name));
    sizes.tl = static_cast<std::size_t>(in.number("count of tl-data", 0, UINT16_MAX));
    sizes.keys = static_cast<std::size_t>(in.number("count of keys", 0, INT16_MAX));
    // DB2 stores extra data so that it cannot be read again (MIT kdb_xdr.c).
    in.number("length of the extra data", 0, 0);
    return sizes;
}

void read_attributes(FieldCursor& in, Principal& into) {
    into.attributes = in.wrapping_signed("attributes");
    into.max_life = in.wrapping_signed("maximum life");
    into.max_renewable_life = in.wrapping_signed("maximum renewable life");
    into.expiration = in.wrapping("expiration");
    into.pw_expiration = in.wrapping("password expiration");
    into.last_success = in.wrapping("last success");
    into.last_failed = in.wrapping("last failure");
    into.fail_auth_count = in.wrapping_signed("count of failures");
}

void read_element(FieldCursor& in, const char* type, const char* length, const char* contents, KeyElement& into) {
    into.type = static_cast<std::int32_t>(in.number(type, INT16_MIN, INT16_MAX));
    into.hex = in.hex(contents, static_cast<std::size_t>(in.number(length, 0, UINT16_MAX)));
}

void read_keys(FieldCursor& in, std::size_t count, std::vector<Key>& into) {
    into.clear();
    for (std::size_t i = 1; i <= count && !in.failed(); ++i) {
        in.enter("key", i);
        Key& key = into.emplace_back();
        key.elements = static_cast<int>(in.number("key version", 1, 2));
        key.kvno = static_cast<std::uint16_t>(in.number("kvno", 0, UINT16_MAX));
        read_element(in, "enctype", "length of the key", "key", key.element[0]);
        if (key.elements == 2) read_element(in, "salt type", "length of the salt", "salt", key.element[1]);
    }
    in.leave();
}

void check(FieldCursor& in, const Principal& principal) {
    if (in.failed()) return;
    if (const auto problem = problem_of_principal_name(principal.name)) return in.fail(std::string(*problem));
    if (principal.find_tl(tl_db_args)) {
        in.fail("tl-data of type 32767 (DB_ARGS) is for the primary alone and no secondary loads it: take it out");
    }
}

}  // namespace

const TlData* Principal::find_tl(std::int16_t type) const {
    const auto found = std::find_if(tl.begin(), tl.end(), [type](const TlData& item) { return item.type == type; });
    return found == tl.end() ? nullptr : &*found;
}

std::string_view Principal::realm() const {
    return realm_of(name);
}

Result<void> parse_principal(std::span<char> line, Principal& into, bool* as_written) {
    FieldCursor in(line);
    if (!in.begins_with("princ")) in.fail("the line is not a principal's: it does not begin with princ");
    const Sizes sizes = read_sizes(in);
    into.name = in.failed() ? "" : in.counted("name", sizes.name);
    read_attributes(in, into);
    read_tl_data(in, sizes.tl, into.tl);
    read_keys(in, sizes.keys, into.keys);
    into.e_data_hex = in.hex("extra data", 0);
    in.semicolon();
    check(in, into);
    auto finished = in.finish();
    if (as_written) *as_written = in.as_written();
    if (!finished && !into.name.empty()) return finished.error().in("principal " + quoted_name(into.name));
    return finished;
}

}  // namespace kpropgw::formats
