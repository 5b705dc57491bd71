#include "formats/ulog/update_log.hpp"

#include <gmock/gmock.h>

#include <cstring>

#include "formats/update/iprop_overlay.hpp"
#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

using ::testing::HasSubstr;

UpdateLog log_of(const std::string& bytes) {
    return UpdateLog(
        [&bytes](std::uint64_t offset, std::span<char> into) -> Result<std::size_t> {
            if (offset >= bytes.size()) return std::size_t{0};
            const std::size_t count = std::min<std::size_t>(into.size(), bytes.size() - offset);
            std::memcpy(into.data(), bytes.data() + offset, count);
            return count;
        },
        bytes.size());
}

/// Of 18 updates the last 12, in a ring of 12.
std::string golden() {
    return read_file(KPROPGW_SOURCE_DIR "/tests/golden/ulog/wrapped.ulog", 1 << 20).value();
}

template <class Number>
std::string with(std::string bytes, std::size_t offset, Number number) {
    std::memcpy(bytes.data() + offset, &number, sizeof number);
    return bytes;
}

std::string why(const std::string& bytes) {
    const auto header = log_of(bytes).header();
    return header ? "" : header.error().text();
}

TEST(UpdateLog, SaysWhatItHolds) {
    const std::string bytes = golden();
    const LogHeader header = log_of(bytes).header().value();
    EXPECT_EQ(header.entries, 12u);
    EXPECT_EQ(header.first.serial, 7u);
    EXPECT_EQ(header.last, (LogPosition{18, 1795274962, 446575}));
    EXPECT_EQ(header.state, LogState::stable);
    EXPECT_EQ(header.block, 2048u);
}

TEST(UpdateLog, HoldsTheUpdatesThatKadminMade) {
    const std::string bytes = golden();
    const UpdateLog log = log_of(bytes);
    const LogHeader header = log.header().value();
    std::vector<std::string> names;
    for (std::uint32_t serial = header.first.serial; serial <= header.last.serial; ++serial) {
        const auto found = log.place_of(header, serial);
        ASSERT_TRUE(found) << found.error();
        const std::uint32_t place = *found;
        EXPECT_EQ(place, (serial - 1) % 12);
        LogEntry entry;
        ASSERT_TRUE(log.read_entry(header, place, entry));
        EXPECT_EQ(entry.at.serial, serial);
        EXPECT_TRUE(entry.committed);
        IpropUpdate update;
        const auto size = decode_iprop_update(entry.update, update);
        ASSERT_TRUE(size) << size.error();
        EXPECT_EQ(*size, entry.update.size());
        EXPECT_EQ(update.at, entry.at);
        names.push_back(std::string(update.name) + (update.deleted ? " deleted" : ""));
    }
    EXPECT_THAT(names,
                ::testing::ElementsAre("user@EXAMPLE.COM", "user@EXAMPLE.COM", "user@EXAMPLE.COM",
                                       "odd/na\\/me@EXAMPLE.COM", "user@EXAMPLE.COM", "person@EXAMPLE.COM",
                                       "user@EXAMPLE.COM deleted", "person@EXAMPLE.COM", "host/a@EXAMPLE.COM",
                                       "host/a@EXAMPLE.COM", "locked@EXAMPLE.COM", "locked@EXAMPLE.COM deleted"));
}

TEST(UpdateLog, HoldsNothingBeforeItsFirstAndAfterItsLast) {
    const std::string bytes = golden();
    const UpdateLog log = log_of(bytes);
    const LogHeader header = log.header().value();
    EXPECT_EQ(log.place_of(header, 6).error().code(), Errc::not_found);
    EXPECT_EQ(log.place_of(header, 19).error().code(), Errc::not_found);
}

TEST(UpdateLog, FindsAnUpdateWhereItShouldNotBeAndPassesByWhatStoodThereBeforeAReset) {
    std::string bytes = golden();
    // Update 13 stands at place 0; it moves to place 6, that of update 7, and an older one of its serial takes its
    // place.
    const std::size_t usual = UpdateLog::header_size;
    const std::size_t other = UpdateLog::header_size + 6 * 2048;
    bytes.replace(other, 2048, bytes, usual, 2048);
    bytes = with(bytes, usual + 8, 1'600'000'000u);
    const UpdateLog log = log_of(bytes);
    EXPECT_EQ(log.place_of(log.header().value(), 13).value(), 6u);
}

TEST(UpdateLog, IsRefusedWhereNoMitWroteIt) {
    const std::string bytes = golden();
    EXPECT_EQ(why(bytes), "");
    EXPECT_THAT(why(std::string(4096, '\0')), HasSubstr("nothing was written"));
    EXPECT_THAT(why(with(bytes, 0, 0x23236606u)), HasSubstr("does not begin"));
    EXPECT_THAT(why(with<std::uint16_t>(bytes, 4, 2)), HasSubstr("version"));
    EXPECT_THAT(why(with(bytes, 8, 13u)), HasSubstr("13 updates, and has room for 12"));
    EXPECT_THAT(why(with(bytes, 8, 0xffffffffu)), HasSubstr("room for 12"));
    EXPECT_THAT(why(with<std::uint16_t>(bytes, 36, 0)), HasSubstr("state"));
    EXPECT_THAT(why(with<std::uint16_t>(bytes, 38, 0)), HasSubstr("blocks"));
    EXPECT_THAT(why(with<std::uint16_t>(bytes, 38, 2049)), HasSubstr("blocks"));
    EXPECT_THAT(why(with<std::uint16_t>(bytes, 38, 65535)), HasSubstr("blocks"));
    EXPECT_THAT(why(with(bytes, 28, 19u)), HasSubstr("before its first"));
    for (std::size_t size = 0; size < UpdateLog::header_size; ++size)
        EXPECT_THAT(why(bytes.substr(0, size)), HasSubstr("ends early"));
}

TEST(UpdateLog, RefusesAnUpdateThatIsLongerThanItsBlock) {
    const std::string good = golden();
    LogEntry entry;
    for (const std::uint32_t size : {2021u, 0xffffffffu}) {
        const std::string bytes = with(good, UpdateLog::header_size + 20, size);
        const UpdateLog log = log_of(bytes);
        EXPECT_THAT(log.read_entry(log.header().value(), 0, entry).error().text(), HasSubstr("in a block of 2048"));
    }
    const UpdateLog log = log_of(good);
    EXPECT_THAT(log.read_entry(log.header().value(), 12, entry).error().text(), HasSubstr("ends early"));
}

}  // namespace
}  // namespace kpropgw::formats
