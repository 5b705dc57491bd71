#pragma once
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/file.hpp"
#include "formats/ulog/update_log.hpp"
#include "gateway/core/follow.hpp"

namespace kpropgw::inbound {

/// What stood in a primary's update log behind a position.
struct LogUpdates {
    core::FollowPlan plan;  ///< of full: nothing else is set
    formats::LogHeader header;
    std::vector<formats::LogEntry> entries;

    LogUpdates() = default;
    LogUpdates(LogUpdates&&) = default;
    LogUpdates& operator=(LogUpdates&&) = default;
    ~LogUpdates();  ///< wipes them

    formats::LogPosition last() const { return entries.empty() ? header.last : entries.back().at; }
};

/// A primary's update log, which its programs write at any moment.
class LogFile {
public:
    using Look = std::array<char, formats::UpdateLog::header_size>;

    static Result<LogFile> open(const std::string& path);

    /// The header's bytes as they are now: when they differ from those of another look, something was written. Does not
    /// lock and does not wait: MIT's programs write through a mapping, and what is read is the same page.
    Result<Look> look() const;

    /// Whether another file has the path now.
    bool is_replaced() const;

    /// Takes MIT's own lock, shared, and reads what stands behind `here`: 1,000 updates or 8 MiB at most. corrupt for a
    /// log that makes no sense, unavailable when the lock could not be had in time. Blocks.
    Result<LogUpdates> read_behind(const std::optional<formats::LogPosition>& here) const;

private:
    LogFile(std::string path, File file, struct stat found)
        : path_(std::move(path)), file_(std::move(file)), found_(found) {}

    std::string path_;
    File file_;
    struct stat found_;
};

}  // namespace kpropgw::inbound
