#pragma once
#include <cstdint>
#include <optional>

#include "formats/dump/writer.hpp"
#include "formats/update/dump_file.hpp"
#include "formats/update/update_set.hpp"

namespace kpropgw::formats {

struct ApplyOptions {
    std::optional<Format> to;  ///< the base's version when absent
    bool force = false;        ///< what is to be deleted and is not there is passed over
};

struct Applied {
    std::uint64_t added = 0;
    std::uint64_t replaced = 0;
    std::uint64_t deleted = 0;
    std::uint64_t passed_over = 0;     ///< deletions of what is not there
    std::optional<LossFinder> losses;  ///< what the version that was written could not carry
};

/// Writes `base` with the updates in it. The base is read twice: nothing is written unless all of it can be read and
/// everything that is to be deleted is there. New records stand at their place among records of their kind that are
/// sorted by name, else behind the last one of their kind; new policies never before a principal of a sorted base.
Result<Applied> apply(const DumpFile& base, UpdateSet& updates, const ApplyOptions& options, const WriteBytes& sink);

}  // namespace kpropgw::formats
