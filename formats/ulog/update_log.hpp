#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "base/error.hpp"
#include "base/file.hpp"
#include "formats/dump/header.hpp"

/// The update log of an MIT primary (include/kdb_log.h, lib/kdb/kdb_log.c): a header and a ring of blocks, numbers in
/// the machine's own byte order.
namespace kpropgw::formats {

enum class LogState : std::uint16_t {
    stable = 1,
    unstable = 2,  ///< a program is writing, or died while it did: MIT resets such a log
    corrupt = 3,
};

struct LogHeader {
    std::uint32_t entries = 0;  ///< how many updates it holds; the dummy after a reset is one
    LogPosition first;
    LogPosition last;
    LogState state = LogState::stable;
    std::uint32_t block = 0;  ///< bytes of one entry's place
    bool operator==(const LogHeader&) const = default;
};

struct LogEntry {
    LogPosition at;
    bool committed = false;
    std::string update;  ///< kdb_incr_update_t in XDR, "" of the dummy; holds keys, so the owner wipes it
};

/// Reads an update log. Whoever may be writing must be kept out by a lock while header and entries are read together.
class UpdateLog {
public:
    /// As File::read_at.
    using ReadAt = std::function<Result<std::size_t>(std::uint64_t offset, std::span<char> into)>;

    /// Bytes of the header.
    static constexpr std::size_t header_size = 40;

    /// `size` is the file's. `read` and what it refers to must live as long as this.
    UpdateLog(ReadAt read, std::uint64_t size) : read_(std::move(read)), size_(size) {}

    /// corrupt for what no MIT writes: another magic number, a block size beyond 63488 or not of 2048, more entries
    /// than the file holds; unavailable for a log that was never written.
    Result<LogHeader> header() const;

    /// The place of the update `serial`. The file does not say how many places its ring has: looked for where it should
    /// be, then everywhere. not_found where it is nowhere; what stood there before a reset is passed by its time.
    Result<std::uint32_t> place_of(const LogHeader& header, std::uint32_t serial) const;

    /// corrupt where the place holds none or one longer than its block. Capacity of `into` is used again.
    Result<void> read_entry(const LogHeader& header, std::uint32_t place, LogEntry& into) const;

private:
    struct EntryHeader;

    std::uint32_t places(const LogHeader& header) const;
    std::uint64_t offset_of(const LogHeader& header, std::uint32_t place) const;
    Result<void> read_exactly(std::uint64_t offset, std::span<char> into, const char* what) const;
    Result<EntryHeader> read_entry_header(const LogHeader& header, std::uint32_t place) const;
    bool holds(const LogHeader& header, std::uint32_t place, std::uint32_t serial) const;

    ReadAt read_;
    std::uint64_t size_;
};

}  // namespace kpropgw::formats
