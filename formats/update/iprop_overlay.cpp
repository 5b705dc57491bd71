#include "formats/update/iprop_overlay.hpp"

#include <algorithm>

#include "base/hex.hpp"
#include "formats/principal_name.hpp"
#include "formats/quoted.hpp"
#include "formats/tl/tl_types.hpp"

namespace kpropgw::formats {
namespace {

constexpr std::uint32_t base_length = 38;  // KRB5_KDB_V1_BASE_LENGTH

/// As tl-data hold numbers (MIT krb5_kdb_encode_int32).
std::string little_endian(std::uint32_t value) {
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
}

class Overlay {
public:
    Overlay(RecordTexts& texts, Principal& into) : texts_(texts), into_(into) {}

    Result<void> set(const IpropItem& item) {
        switch (item.sets) {
            case IpropSets::attributes:
                into_.attributes = signed_number(item);
                break;
            case IpropSets::max_life:
                into_.max_life = signed_number(item);
                break;
            case IpropSets::max_renewable_life:
                into_.max_renewable_life = signed_number(item);
                break;
            case IpropSets::expiration:
                into_.expiration = number(item);
                break;
            case IpropSets::pw_expiration:
                into_.pw_expiration = number(item);
                break;
            case IpropSets::last_success:
            case IpropSets::last_failed:
            case IpropSets::fail_auth_count:
                break;  // A replica keeps its own.
            case IpropSets::name:
                into_.name = texts_.keep(put_together(std::get<IpropName>(item.value)));
                break;
            case IpropSets::keys:
                set_keys(std::get<std::vector<IpropKey>>(item.value));
                break;
            case IpropSets::tl_data:
                for (const IpropTlData& tl : std::get<std::vector<IpropTlData>>(item.value))
                    put_tl_data(into_.tl, {tl.type, hex_of(tl.contents)});
                break;
            case IpropSets::base_length:
                if (number(item) != base_length) return Error(Errc::corrupt, "the base length is not 38");
                break;
            case IpropSets::mod_princ:
                mod_princ_ = &std::get<IpropName>(item.value);
                break;
            case IpropSets::mod_time:
                mod_time_ = number(item);
                break;
            case IpropSets::last_pwd_change:
                put_tl_data(into_.tl, {tl_last_pwd_change, hex_of(little_endian(number(item)))});
                break;
        }
        return {};
    }

    Result<void> finish() {
        if (mod_princ_ && mod_time_ != 0) {
            const std::string contents = little_endian(mod_time_) + put_together(*mod_princ_) + '\0';
            put_tl_data(into_.tl, {tl_mod_princ, hex_of(contents)});
        }
        const auto refuse = [](const char* why) { return Error(Errc::corrupt, why); };
        if (into_.name.empty()) return refuse("the record is new and the update does not set its name");
        if (into_.name.size() > longest_principal_name) return refuse("the name is too long");
        if (into_.find_tl(tl_db_args)) return refuse("tl-data of type 32767 (DB_ARGS) cannot be stored");
        if (into_.tl.size() > INT16_MAX) return refuse("there are more than 32767 tl-data");
        const bool cut_off = std::any_of(into_.tl.begin(), into_.tl.end(),
                                         [](const TlData& item) { return item.hex.size() > 2 * UINT16_MAX; });
        if (cut_off) return refuse("tl-data are longer than 65535 bytes");
        return {};
    }

private:
    static std::uint32_t number(const IpropItem& item) { return std::get<std::uint32_t>(item.value); }
    static std::int32_t signed_number(const IpropItem& item) { return static_cast<std::int32_t>(number(item)); }
    std::string_view hex_of(std::string_view bytes) { return texts_.keep(to_hex(bytes)); }

    void set_keys(const std::vector<IpropKey>& keys) {
        into_.keys.clear();
        for (const IpropKey& from : keys) {
            Key& key = into_.keys.emplace_back();
            key.kvno = from.kvno;
            key.elements = from.elements;
            for (int i = 0; i < from.elements; ++i)
                key.element[i] = {from.type[i], hex_of(from.contents[i])};
        }
    }

    RecordTexts& texts_;
    Principal& into_;
    const IpropName* mod_princ_ = nullptr;
    std::uint32_t mod_time_ = 0;
};

}  // namespace

void put_tl_data(std::vector<TlData>& list, const TlData& item) {
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const TlData& held) { return held.type == item.type; });
    if (found == list.end()) {
        list.insert(list.begin(), item);
    } else {
        *found = item;
    }
}

Result<void> overlay(const IpropUpdate& update, const Principal* held, RecordTexts& texts, Principal& into) {
    into = held ? *held : Principal();
    Overlay laying(texts, into);
    Result<void> ok;
    for (auto item = update.items.begin(); item != update.items.end() && ok; ++item)
        ok = laying.set(*item);
    if (ok) ok = laying.finish();
    if (!ok) return ok.error().in("update of principal " + quoted_name(update.name));
    return ok;
}

}  // namespace kpropgw::formats
