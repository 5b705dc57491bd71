#include "formats/inspect/master_keys.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>

#include "base/enctype.hpp"
#include "formats/quoted.hpp"

namespace kpropgw::formats {
namespace {

bool has_kvno(const std::vector<MasterKey>& keys, std::uint16_t kvno) {
    return std::any_of(keys.begin(), keys.end(), [kvno](const MasterKey& key) { return key.kvno == kvno; });
}

std::uint16_t newest_kvno(const MasterKeys& keys) {
    std::uint16_t newest = 0;
    for (const MasterKey& key : keys.keys)
        newest = std::max(newest, key.kvno);
    return newest;
}

}  // namespace

const MasterKey* MasterKeys::find(std::uint16_t kvno) const {
    const auto found =
        std::find_if(keys.begin(), keys.end(), [kvno](const MasterKey& key) { return key.kvno == kvno; });
    return found == keys.end() ? nullptr : &*found;
}

bool is_master_key_name(std::string_view name) {
    return name.starts_with("K/M@");
}

MasterKeys master_keys_of(const Inspected& seen) {
    MasterKeys keys;
    keys.realm = seen.principal.realm();
    keys.line = seen.line;
    for (const Key& key : seen.principal.keys) {
        const std::string_view hex = key.element[0].hex;
        keys.keys.push_back({key.kvno, key.element[0].type, XXH3_64bits(hex.data(), hex.size())});
    }
    keys.active = seen.contents.active_master_keys();
    if (keys.active.empty() && !keys.keys.empty()) keys.active.push_back({keys.keys.back().kvno, 0});
    for (const MasterKeyCopy& copy : seen.contents.master_key_copies())
        keys.copies_under.push_back(copy.under_kvno);
    return keys;
}

MasterKeyStep compare(const MasterKeys& old, const MasterKeys& now) {
    const auto& before = old.keys;
    for (const MasterKey& key : now.keys) {
        if (std::find(before.begin(), before.end(), key) != before.end()) return MasterKeyStep::same;
    }
    const bool reaches_back = std::any_of(now.copies_under.begin(), now.copies_under.end(),
                                          [&](std::uint16_t kvno) { return has_kvno(before, kvno); });
    return newest_kvno(now) > newest_kvno(old) && reaches_back ? MasterKeyStep::added : MasterKeyStep::replaced;
}

void check_master_keys(const MasterKeys& keys, Findings& findings) {
    const auto weak = std::find_if(keys.keys.begin(), keys.keys.end(), [](const MasterKey& key) {
        return strength_of_enctype(key.enctype) != Strength::good;
    });
    if (keys.keys.empty()) {
        findings.add(Check::no_master_key, keys.line, [] { return "K/M has no key: no KDC can serve from it"; });
    }
    if (weak != keys.keys.end()) {
        findings.add(Check::weak_master_key, keys.line, [&] {
            return fmt::format(
                "the master key of kvno {} is of type {}: everything is only as safe as it; add one of "
                "aes256-cts with kdb5_util add_mkey",
                weak->kvno, enctype_name(weak->enctype));
        });
    }
    for (const ActiveMasterKey& active : keys.active) {
        if (keys.find(active.kvno)) continue;
        findings.add(Check::unknown_active_kvno, keys.line, [&] {
            return fmt::format("K/M is to use the master key of kvno {}, which it has not", active.kvno);
        });
    }
}

void check_mkvnos(const Tally<std::uint16_t>& mkvnos, const MasterKeys& keys, Findings& findings) {
    for (const auto& [kvno, met] : mkvnos.met()) {
        if (keys.find(kvno)) continue;
        findings.add(Check::unknown_master_kvno, met.line, [&, &met = met, number = kvno] {
            return fmt::format(
                "the keys of {} are under a master key of kvno {}, which K/M has not; principals like "
                "this: {}",
                quoted_name(met.name), number, met.count);
        });
    }
}

}  // namespace kpropgw::formats
