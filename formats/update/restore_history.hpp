#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "formats/dump/writer.hpp"
#include "formats/keyed_hash.hpp"
#include "formats/update/dump_file.hpp"
#include "formats/update/record_kind.hpp"

namespace kpropgw::formats {

/// What is said of a record that is not, or not wholly, as it was in the Replace dump.
enum class Restored {
    keys_changed,       ///< the newest keys are others: the history lacks the passwords since
    not_in_replace,     ///< there was nothing to restore from
    has_its_own,        ///< KADM_DATA that the principal has already was left as it is
    policy_alone,       ///< the policy's name, without the history: the key of kadmin/history is another
    policy_brought,     ///< a policy that a restored principal refers to, and that was missing
    policy_is_nowhere,  ///< one that is missing in both dumps
};

/// In words, for the report.
std::string_view to_text(Restored what);

using ReportRestored = std::function<void(RecordKind, std::string_view name, Restored)>;

struct RestoreResult {
    std::uint64_t principals = 0;
    std::uint64_t restored = 0;
    std::uint64_t not_restored = 0;    ///< had KADM_DATA in the Replace dump, or may have had
    std::optional<LossFinder> losses;  ///< what the version that was written could not carry
};

/// Writes `compat` with what a Compat propagation took from it put back from `replace`, a dump of before: KADM_DATA
/// (policy's name, password history) into the principals that have none and whose keys of the highest kvno are the same
/// byte for byte, and into policies the fields that a dump of compat's version cannot carry. A history is put back only
/// where kadmin/history still has the key that it is under. Policies that restored principals refer to and that
/// are missing are brought from `replace`, behind all others. Whatever is left is told to `report`, in compat's order.
/// It is written in `to`, or replace's version.
///
/// invalid_input when `replace` carries no KADM_DATA itself, or `to` could not hold it.
Result<RestoreResult> restore_history(const DumpFile& compat, const DumpFile& replace, const HashKey& key,
                                      std::optional<Format> to, const ReportRestored& report, const WriteBytes& sink);

}  // namespace kpropgw::formats
