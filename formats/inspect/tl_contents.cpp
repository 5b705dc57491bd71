#include "formats/inspect/tl_contents.hpp"

#include <algorithm>

#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

template <class T, class Into>
Result<void> keep(Result<T> decoded, Into& into) {
    if (!decoded) return decoded.error();
    into = std::move(*decoded);
    return {};
}

/// A bit for each type that is decoded, 0 for the others.
std::uint32_t bit_of(std::int16_t type) {
    if (type == tl_last_admin_unlock) return 1;
    return type >= tl_last_pwd_change && type <= tl_alias_target ? 1u << type : 0;
}

}  // namespace

void TlContents::read(const Principal& principal) {
    has_kadm_data_ = false;
    has_modification_ = false;
    mkvno_.reset();
    password_change_.reset();
    alias_target_.reset();
    active_.clear();
    copies_.clear();
    problems_.clear();
    find_type_twice(principal);
    std::uint32_t seen = 0;
    for (const TlData& item : principal.tl) {
        const std::uint32_t bit = bit_of(item.type);
        if ((seen & bit) != 0) continue;
        seen |= bit;
        if (auto ok = decode(item); !ok) problems_.push_back({item.type, ok.error()});
    }
}

Result<void> TlContents::decode(const TlData& item) {
    switch (item.type) {
        case tl_last_pwd_change:
            return keep(decode_time(item.hex, "LAST_PWD_CHANGE"), password_change_);
        case tl_mod_princ:
            return decode_modification(item.hex);
        case tl_kadm_data: {
            auto ok = decode_kadm_data(item.hex, kadm_data_);
            has_kadm_data_ = ok.has_value();
            return ok;
        }
        case tl_mkvno:
            return keep(decode_mkvno(item.hex), mkvno_);
        case tl_active_master_keys:
            return keep(decode_active_master_keys(item.hex), active_);
        case tl_master_key_copies:
            return keep(decode_master_key_copies(item.hex), copies_);
        case tl_string_attributes:
            if (const auto attributes = decode_string_attributes(item.hex); !attributes) return attributes.error();
            return {};
        case tl_alias_target:
            return keep(decode_alias_target(item.hex), alias_target_);
        case tl_last_admin_unlock:
            if (const auto time = decode_time(item.hex, "LAST_ADMIN_UNLOCK"); !time) return time.error();
            return {};
        default:
            return {};
    }
}

Result<void> TlContents::decode_modification(std::string_view hex) {
    constexpr std::size_t time_digits = 8;
    if (hex.size() > time_digits && hex.substr(time_digits) == modifier_hex_) {
        auto ok = keep(decode_time(hex.substr(0, time_digits), "MOD_PRINC"), modification_.time);
        has_modification_ = ok.has_value();
        return ok;
    }
    auto ok = decode_last_modification(hex, modification_);
    has_modification_ = ok.has_value();
    modifier_hex_ = ok ? hex.substr(time_digits) : "";
    return ok;
}

void TlContents::find_type_twice(const Principal& principal) {
    types_.clear();
    for (const TlData& item : principal.tl)
        types_.push_back(item.type);
    std::sort(types_.begin(), types_.end());
    const auto twice = std::adjacent_find(types_.begin(), types_.end());
    type_twice_ = twice == types_.end() ? std::nullopt : std::optional(*twice);
}

}  // namespace kpropgw::formats
