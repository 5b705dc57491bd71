#pragma once
#include <string>
#include <vector>

#include "formats/keyed_hash.hpp"
#include "formats/record.hpp"
#include "formats/update/dump_file.hpp"
#include "formats/update/hashed_part.hpp"

namespace kpropgw::formats {

/// Told of every difference between two dumps. Records are valid during the call only; one that is nullptr is not
/// there. An error ends the comparison.
class DifferenceSink {
public:
    virtual ~DifferenceSink() = default;
    virtual Result<void> principal(const Principal* old, const Principal* now) = 0;
    virtual Result<void> policy(const Policy* old, const Policy* now) = 0;
};

struct DiffOptions {
    /// Records that differ in login fields or refcnt alone are taken for the same.
    bool ignore_logins = false;
    /// How the parts of dumps that are not sorted are hashed.
    PartsInOrder in_order = one_after_another;
};

struct DiffResult {
    std::uint64_t differences = 0;
    bool sorted = false;  ///< both dumps were, so that they were compared in one walk
    DumpVersion old_version = DumpVersion::v7;
    DumpVersion new_version = DumpVersion::v7;
};

/// Compares two dumps of any versions record by record, whatever their order and however their lines are written.
///
/// What one of the two versions cannot carry is not compared, since its absence says nothing: in `now` it is filled in
/// from `old` and the other way round before the sink is told. So the records that differ, put over those of `old`,
/// make `new` in all that both versions carry, and lose nothing.
///
/// Records that are the same byte for byte in both dumps are not checked any further.
Result<DiffResult> diff(const DumpFile& old, const DumpFile& now, const HashKey& key, const DiffOptions& options,
                        DifferenceSink& sink);

/// What is not compared between dumps of these versions, in words: "policy references and password histories of
/// principals"; none when each carries what the other does.
std::vector<std::string> not_compared(DumpVersion a, DumpVersion b);

}  // namespace kpropgw::formats
