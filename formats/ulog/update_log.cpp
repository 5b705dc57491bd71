#include "formats/ulog/update_log.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <tuple>

namespace kpropgw::formats {

namespace {

constexpr std::uint32_t header_magic = 0x06662323;
constexpr std::uint32_t entry_magic = 0x06661212;
constexpr std::uint16_t log_version = 1;
constexpr std::uint32_t block_unit = 2048;      // ULOG_BLOCK
constexpr std::uint32_t largest_block = 63488;  // the most that 16 bits and the unit allow

constexpr std::size_t entry_header_size = 24;
constexpr std::size_t mit_entry_header_size = 28;  // sizeof(kdb_ent_header_t), which MIT adds to an update's size

template <class Number>
Number number_at(std::span<const char> bytes, std::size_t offset) {
    Number number;
    std::memcpy(&number, bytes.data() + offset, sizeof number);
    return number;
}

LogPosition position(std::uint32_t serial, std::span<const char> bytes, std::size_t time) {
    return {serial, number_at<std::uint32_t>(bytes, time), number_at<std::uint32_t>(bytes, time + 4)};
}

Error corrupt(std::string text) {
    return Error(Errc::corrupt, "update log: " + std::move(text));
}

std::tuple<std::uint32_t, std::uint32_t> time_of(const LogPosition& position) {
    return {position.seconds, position.microseconds};
}

}  // namespace

struct UpdateLog::EntryHeader {
    LogPosition at;
    std::int32_t committed = 0;
    std::uint32_t size = 0;
};

Result<void> UpdateLog::read_exactly(std::uint64_t offset, std::span<char> into, const char* what) const {
    for (std::size_t done = 0; done < into.size();) {
        const auto count = read_(offset + done, into.subspan(done));
        if (!count) return count.error();
        if (*count == 0) return corrupt(fmt::format("byte {}: {} ends early", offset + done, what));
        done += *count;
    }
    return {};
}

Result<LogHeader> UpdateLog::header() const {
    std::array<char, header_size> bytes;
    if (auto ok = read_exactly(0, bytes, "the header"); !ok) return ok.error();
    const auto magic = number_at<std::uint32_t>(bytes, 0);
    if (magic == 0) return Error(Errc::unavailable, "update log: nothing was written to it yet");
    if (magic != header_magic) return corrupt("it does not begin as one: give the primary's iprop_logfile");
    if (const auto version = number_at<std::uint16_t>(bytes, 4); version != log_version) {
        return corrupt(fmt::format("its version is {}, only {} is known", version, log_version));
    }
    LogHeader header;
    header.entries = number_at<std::uint32_t>(bytes, 8);
    header.first = position(number_at<std::uint32_t>(bytes, 28), bytes, 12);
    header.last = position(number_at<std::uint32_t>(bytes, 32), bytes, 20);
    const auto state = number_at<std::uint16_t>(bytes, 36);
    header.block = number_at<std::uint16_t>(bytes, 38);
    if (state < 1 || state > 3) return corrupt(fmt::format("its state is {}, which is none", state));
    header.state = static_cast<LogState>(state);
    if (header.block == 0 || header.block % block_unit != 0 || header.block > largest_block) {
        return corrupt(fmt::format("its blocks have {} bytes, which is not {} to {} in steps of {}", header.block,
                                   block_unit, largest_block, block_unit));
    }
    if (header.entries > places(header)) {
        return corrupt(fmt::format("it says {} updates, and has room for {}", header.entries, places(header)));
    }
    if (header.first.serial > header.last.serial) return corrupt("its last update stands before its first");
    return header;
}

std::uint32_t UpdateLog::places(const LogHeader& header) const {
    if (size_ < header_size) return 0;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>((size_ - header_size) / header.block, UINT32_MAX));
}

std::uint64_t UpdateLog::offset_of(const LogHeader& header, std::uint32_t place) const {
    return header_size + std::uint64_t{place} * header.block;
}

Result<UpdateLog::EntryHeader> UpdateLog::read_entry_header(const LogHeader& header, std::uint32_t place) const {
    std::array<char, entry_header_size> bytes;
    const std::uint64_t offset = offset_of(header, place);
    if (auto ok = read_exactly(offset, bytes, "an update"); !ok) return ok.error();
    if (number_at<std::uint32_t>(bytes, 0) != entry_magic) {
        return corrupt(fmt::format("byte {}: no update begins here", offset));
    }
    return EntryHeader{position(number_at<std::uint32_t>(bytes, 4), bytes, 8), number_at<std::int32_t>(bytes, 16),
                       number_at<std::uint32_t>(bytes, 20)};
}

bool UpdateLog::holds(const LogHeader& header, std::uint32_t place, std::uint32_t serial) const {
    const auto entry = read_entry_header(header, place);
    return entry && entry->at.serial == serial && time_of(entry->at) >= time_of(header.first) &&
           time_of(entry->at) <= time_of(header.last);
}

Result<std::uint32_t> UpdateLog::place_of(const LogHeader& header, std::uint32_t serial) const {
    if (header.entries > 0 && serial >= header.first.serial && serial <= header.last.serial) {
        // A log that began with serial 1 has as many places as updates once it went round.
        const std::uint32_t usual = (serial - 1) % header.entries;
        if (holds(header, usual, serial)) return usual;
        for (std::uint32_t place = 0; place < places(header); ++place) {
            if (holds(header, place, serial)) return place;
        }
    }
    return Error(Errc::not_found, fmt::format("update log: it does not hold update {}", serial));
}

Result<void> UpdateLog::read_entry(const LogHeader& header, std::uint32_t place, LogEntry& into) const {
    const auto entry = read_entry_header(header, place);
    if (!entry) return entry.error();
    if (entry->size > header.block - mit_entry_header_size) {
        return corrupt(
            fmt::format("update {} has {} bytes in a block of {}", entry->at.serial, entry->size, header.block));
    }
    into.at = entry->at;
    into.committed = entry->committed != 0;
    into.update.resize(entry->size);
    return read_exactly(offset_of(header, place) + entry_header_size, into.update, "an update");
}

}  // namespace kpropgw::formats
