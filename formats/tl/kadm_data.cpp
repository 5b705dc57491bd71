#include "formats/tl/kadm_data.hpp"

#include <algorithm>
#include <numeric>

#include "base/hex.hpp"
#include "formats/tl/hex_cursor.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::uint32_t princ_version_1 = 0x12345c01;  // OSA_ADB_PRINC_VERSION_1

constexpr std::size_t smallest_password = 4;  // its count of keys
constexpr std::size_t smallest_key = 8 * 4;   // eight numbers, no contents

void read_policy(HexCursor& in, std::optional<std::string>& policy) {
    const std::uint32_t size = in.be32("size of the policy's name");
    if (size == 0) return policy.reset();
    if (!policy) policy.emplace();
    in.text("the policy's name", size - 1, *policy);
    if (!in.failed() && in.hex("the policy's name", 1) != "00") in.fail("the policy's name has no NUL byte at its end");
    in.xdr_padding();
}

/// A count of things of at least `smallest` bytes each: more than the rest can hold is refused before any is read.
std::uint32_t read_count(HexCursor& in, const char* field, std::size_t smallest) {
    const std::uint32_t count = in.be32(field);
    if (in.failed() || count <= in.left() / smallest) return count;
    in.fail(std::string(field) + " is more than the rest can hold");
    return 0;
}

/// XDR has no number of 16 bits; MIT cuts a wider one off, and so would mean another key than was written.
std::int16_t read_int16(HexCursor& in, const char* field) {
    const auto value = static_cast<std::int32_t>(in.be32(field));
    if (value < INT16_MIN || value > INT16_MAX) in.fail(std::string(field) + " is beyond 16 bits");
    return static_cast<std::int16_t>(value);
}

std::uint16_t read_uint16(HexCursor& in, const char* field) {
    const std::uint32_t value = in.be32(field);
    if (value > UINT16_MAX) in.fail(std::string(field) + " is beyond 16 bits");
    return static_cast<std::uint16_t>(value);
}

std::string_view read_contents(HexCursor& in, const char* field, std::size_t size) {
    if (in.be32(field) != size) in.fail(std::string(field) + " is given with two different lengths");
    const std::string_view contents = in.hex(field, size);
    in.xdr_padding();
    return contents;
}

void read_key(HexCursor& in, HistoryKey& key) {
    key.version = read_int16(in, "version of an old key");
    key.kvno = read_uint16(in, "kvno of an old key");
    key.enctype = read_int16(in, "enctype of an old key");
    key.salt_type = read_int16(in, "salt type of an old key");
    const std::uint16_t key_size = read_uint16(in, "length of an old key");
    const std::uint16_t salt_size = read_uint16(in, "length of an old salt");
    key.key_hex = read_contents(in, "an old key", key_size);
    key.salt_hex = read_contents(in, "an old salt", salt_size);
}

void append_be32(std::string& out, std::uint32_t value) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 28; shift >= 0; shift -= 4)
        out += digits[value >> shift & 15];
}

void append_padded(std::string& out, std::string_view hex) {
    out += hex;
    out.append((8 - hex.size() % 8) % 8, '0');
}

void append_key(std::string& out, const HistoryKey& key) {
    const auto key_size = static_cast<std::uint32_t>(key.key_hex.size() / 2);
    const auto salt_size = static_cast<std::uint32_t>(key.salt_hex.size() / 2);
    append_be32(out, static_cast<std::uint32_t>(std::int32_t{key.version}));
    append_be32(out, key.kvno);
    append_be32(out, static_cast<std::uint32_t>(std::int32_t{key.enctype}));
    append_be32(out, static_cast<std::uint32_t>(std::int32_t{key.salt_type}));
    append_be32(out, key_size);
    append_be32(out, salt_size);
    append_be32(out, key_size);
    append_padded(out, key.key_hex);
    append_be32(out, salt_size);
    append_padded(out, key.salt_hex);
}

Result<void> check(const KadmData& data) {
    const auto refuse = [](const char* text) { return Error(Errc::invalid_input, text); };
    const auto keys = std::accumulate(data.old_sizes.begin(), data.old_sizes.end(), std::uint64_t{0});
    if (keys != data.old_keys.size()) return refuse("KADM_DATA: the old passwords do not add up to the old keys");
    if (data.policy && data.policy->find('\0') != std::string::npos) {
        return refuse("KADM_DATA: the policy's name holds a NUL byte");
    }
    constexpr std::size_t longest = 2 * UINT16_MAX;
    const auto cannot_be_written = [](std::string_view hex) { return hex.size() > longest || hex.size() % 2 != 0; };
    const bool wrong = std::any_of(data.old_keys.begin(), data.old_keys.end(), [&](const HistoryKey& key) {
        return cannot_be_written(key.key_hex) || cannot_be_written(key.salt_hex);
    });
    if (wrong) return refuse("KADM_DATA: an old key or salt is not of 0 to 65,535 whole bytes");
    return {};
}

}  // namespace

Result<void> decode_kadm_outline(std::string_view hex, KadmOutline& into) {
    HexCursor in(hex, "KADM_DATA");
    if (in.be32("version") != princ_version_1) in.fail("the version is not 1 (0x12345c01)");
    const std::uint32_t size = in.be32("size of the policy's name");
    into.has_policy = size > 0;
    into.policy_hex = in.hex("the policy's name", size > 0 ? size - 1 : 0);
    in.hex("the end of the policy's name", size > 0 ? 1 : 0);
    in.xdr_padding();
    in.hex("auxiliary attributes, place of the next old password, history kvno", 3 * 4);
    into.old_passwords = read_count(in, "count of old passwords", smallest_password);
    // What follows was not asked for.
    in.hex("the old keys", in.left());
    return in.finish();
}

std::span<const HistoryKey> KadmData::old_password(std::size_t index) const {
    const auto first =
        std::accumulate(old_sizes.begin(), old_sizes.begin() + static_cast<std::ptrdiff_t>(index), std::size_t{0});
    return std::span(old_keys).subspan(first, old_sizes[index]);
}

Result<void> decode_kadm_data(std::string_view hex, KadmData& into) {
    HexCursor in(hex, "KADM_DATA");
    if (in.be32("version") != princ_version_1) in.fail("the version is not 1 (0x12345c01)");
    read_policy(in, into.policy);
    into.aux_attributes = in.be32("auxiliary attributes");
    into.next_old = in.be32("place of the next old password");
    into.history_kvno = in.be32("history kvno");
    into.old_sizes.clear();
    into.old_keys.clear();
    const std::uint32_t passwords = read_count(in, "count of old passwords", smallest_password);
    for (std::uint32_t i = 0; i < passwords && !in.failed(); ++i) {
        const std::uint32_t keys = read_count(in, "count of old keys", smallest_key);
        into.old_sizes.push_back(keys);
        for (std::uint32_t k = 0; k < keys && !in.failed(); ++k)
            read_key(in, into.old_keys.emplace_back());
    }
    return in.finish();
}

Result<void> append_kadm_data(std::string& out, const KadmData& data) {
    if (auto ok = check(data); !ok) return ok;
    append_be32(out, princ_version_1);
    append_be32(out, data.policy ? static_cast<std::uint32_t>(data.policy->size() + 1) : 0);
    if (data.policy) append_padded(out, to_hex(*data.policy) + "00");
    append_be32(out, data.aux_attributes);
    append_be32(out, data.next_old);
    append_be32(out, data.history_kvno);
    append_be32(out, static_cast<std::uint32_t>(data.old_sizes.size()));
    std::size_t key = 0;
    for (const std::uint32_t count : data.old_sizes) {
        append_be32(out, count);
        for (std::uint32_t i = 0; i < count; ++i)
            append_key(out, data.old_keys[key++]);
    }
    return {};
}

}  // namespace kpropgw::formats
