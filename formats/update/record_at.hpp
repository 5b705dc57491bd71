#pragma once
#include <cstdint>
#include <span>

#include "base/secret.hpp"
#include "formats/dump/reader.hpp"
#include "formats/update/dump_file.hpp"
#include "formats/update/record_kind.hpp"

namespace kpropgw::formats {

/// Reads single records of a dump whose places are known, in one wiped buffer: places that follow one another cost no
/// more than reading on. Not thread safe.
class RecordAt {
public:
    /// `file` must outlive this object.
    RecordAt(const DumpFile& file, DumpVersion version, ReaderLimits limits = {});

    /// The record whose line begins at `offset`; its accessor is then valid until the next call. Errors name file:line.
    Result<RecordKind> read(std::uint64_t offset);

    const Principal& principal() const { return principal_; }
    const Policy& policy() const { return policy_; }

private:
    Result<std::span<char>> line_at(std::uint64_t offset);
    Result<void> fill_from(std::uint64_t offset);
    Error here(const Error& error, std::uint64_t offset) const;

    const DumpFile& file_;
    DumpVersion version_;
    ReaderLimits limits_;
    Secret window_;
    std::uint64_t window_offset_ = 0;
    std::size_t held_ = 0;  ///< bytes of the window that were read
    Principal principal_;
    Policy policy_;
};

}  // namespace kpropgw::formats
