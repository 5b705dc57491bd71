#include "gateway/inbound/log_file.hpp"

#include <fcntl.h>

#include <thread>

#include "base/secret.hpp"
#include "gateway/events/catalogue.hpp"

namespace kpropgw::inbound {
namespace {

using core::FollowPlan;
using core::FollowStep;
using formats::LogEntry;
using formats::LogHeader;
using formats::LogPosition;
using formats::UpdateLog;

constexpr std::size_t most_updates = 1000;
constexpr std::size_t most_bytes = 8u << 20;
constexpr std::chrono::seconds lock_patience{10};
constexpr std::chrono::milliseconds lock_pause{1};

/// The lock that MIT's programs take (krb5_lock_file), for reading, on this open file alone.
class SharedLock {
public:
    static Result<SharedLock> take(const File& file) {
        struct flock whole {};
        whole.l_type = F_RDLCK;
        const auto end = std::chrono::steady_clock::now() + lock_patience;
        while (::fcntl(file.descriptor(), F_OFD_SETLK, &whole) != 0) {
            if (errno != EAGAIN && errno != EACCES && errno != EINTR) return system_error(errno, "update log: lock");
            if (std::chrono::steady_clock::now() > end) {
                return Error(Errc::unavailable, "update log: a program has kept it locked for 10 seconds")
                    .because(causes::update_log_locked);
            }
            std::this_thread::sleep_for(lock_pause);
        }
        return SharedLock(file.descriptor());
    }
    SharedLock(SharedLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    ~SharedLock() {
        struct flock whole {};
        whole.l_type = F_UNLCK;
        if (descriptor_ >= 0) ::fcntl(descriptor_, F_OFD_SETLK, &whole);
    }

private:
    explicit SharedLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

FollowPlan full(std::string_view why) {
    return {FollowStep::full, why};
}

/// From the update at `here` on, which must be the one that was taken in.
Result<void> read_entries(const UpdateLog& log, const LogPosition& here, LogUpdates& into) {
    const LogHeader& header = into.header;
    auto place = log.place_of(header, here.serial);
    if (!place) return place.error();
    LogEntry entry;
    if (auto ok = log.read_entry(header, *place, entry); !ok) return ok;
    wipe(entry.update);
    if (entry.at != here) {
        into.plan = full("the log was begun anew");
        return {};
    }
    std::size_t bytes = 0;
    for (std::uint32_t serial = here.serial; serial != header.last.serial;) {
        place = log.place_of(header, ++serial);
        if (!place) return place.error();
        if (auto ok = log.read_entry(header, *place, into.entries.emplace_back()); !ok) return ok;
        if (!into.entries.back().committed || into.entries.back().update.empty()) {
            into.plan = full("a program ended while it wrote the log");
            return {};
        }
        bytes += into.entries.back().update.size();
        if (into.entries.size() == most_updates || bytes > most_bytes) break;
    }
    return {};
}

}  // namespace

LogUpdates::~LogUpdates() {
    for (LogEntry& entry : entries)
        wipe(entry.update);
}

Result<LogFile> LogFile::open(const std::string& path) {
    auto file = File::open_for_reading(path);
    if (!file) return file.error().because(causes::update_log_unreadable);
    struct stat found {};
    if (::fstat(file->descriptor(), &found) != 0) return system_error(errno, path);
    return LogFile(path, std::move(*file), found);
}

Result<LogFile::Look> LogFile::look() const {
    Look bytes{};
    const auto count = file_.read_at(0, bytes);
    if (!count) return count.error().in(path_);
    return bytes;
}

bool LogFile::is_replaced() const {
    struct stat now {};
    return ::stat(path_.c_str(), &now) != 0 || now.st_ino != found_.st_ino || now.st_dev != found_.st_dev;
}

Result<LogUpdates> LogFile::read_behind(const std::optional<LogPosition>& here) const {
    const auto lock = SharedLock::take(file_);
    if (!lock) return lock.error().in(path_);
    const auto size = file_.size();
    if (!size) return size.error().in(path_);
    const UpdateLog log([this](std::uint64_t offset, std::span<char> into) { return file_.read_at(offset, into); },
                        *size);
    LogUpdates updates;
    const auto header = log.header();
    if (!header) return header.error().in(path_);
    updates.header = *header;
    updates.plan = core::plan_follow(here, *header);
    if (updates.plan.step != FollowStep::read) return updates;
    if (auto ok = read_entries(log, *here, updates); !ok) return ok.error().in(path_);
    return updates;
}

}  // namespace kpropgw::inbound
