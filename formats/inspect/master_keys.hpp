#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "formats/inspect/finding.hpp"
#include "formats/inspect/inspected.hpp"
#include "formats/inspect/tally.hpp"

namespace kpropgw::formats {

/// A master key of K/M. Its contents, which are under the newest master key, are kept as a hash: enough to see whether
/// they are the same.
struct MasterKey {
    std::uint16_t kvno = 0;
    std::int32_t enctype = 0;
    std::uint64_t hash = 0;
    bool operator==(const MasterKey&) const = default;
};

/// What the K/M principal of a dump says.
struct MasterKeys {
    std::string realm;
    std::uint64_t line = 0;
    std::vector<MasterKey> keys;              ///< newest first
    std::vector<ActiveMasterKey> active;      ///< as ACTKVNO lists them, or the oldest key since ever
    std::vector<std::uint16_t> copies_under;  ///< the older keys that the newest is kept under (MKEY_AUX)

    /// nullptr when there is none of that kvno.
    const MasterKey* find(std::uint16_t kvno) const;
};

/// The one name that holds master keys, unless kdc.conf says another (master_key_name).
bool is_master_key_name(std::string_view name);

MasterKeys master_keys_of(const Inspected& seen);

/// How a dump's master keys follow from those before.
enum class MasterKeyStep {
    same,   ///< they share a key
    added,  ///< by its kvnos and copies a key was added; MIT then writes every older key anew, so nothing can prove it
    replaced,  ///< they have nothing in common: this is another database, or it was given another master key
};
MasterKeyStep compare(const MasterKeys& old, const MasterKeys& now);

/// Checks of K/M itself: keys that it names but has not, weak ones.
void check_master_keys(const MasterKeys& keys, Findings& findings);

/// Every principal's MKVNO must be of a key that K/M has.
void check_mkvnos(const Tally<std::uint16_t>& mkvnos, const MasterKeys& keys, Findings& findings);

}  // namespace kpropgw::formats
