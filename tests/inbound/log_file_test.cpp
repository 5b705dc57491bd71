#include "gateway/inbound/log_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace kpropgw::inbound {
namespace {

using core::FollowStep;
using formats::LogPosition;
using namespace std::chrono_literals;

/// A copy of the golden log: of 18 updates the last 12.
class LogFileTest : public ::testing::Test {
protected:
    LogFileTest() {
        std::filesystem::copy_file(KPROPGW_SOURCE_DIR "/tests/golden/ulog/wrapped.ulog", path_,
                                   std::filesystem::copy_options::overwrite_existing);
    }
    ~LogFileTest() override { std::filesystem::remove(path_); }

    void write_at(std::streamoff offset, std::uint32_t number) const {
        std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(offset);
        file.write(reinterpret_cast<const char*>(&number), sizeof number);
    }
    /// The time that the update has.
    LogPosition position_of(std::uint32_t serial) const {
        std::ifstream file(path_, std::ios::binary);
        file.seekg(40 + (serial - 1) % 12 * 2048 + 4);
        std::uint32_t numbers[3];
        file.read(reinterpret_cast<char*>(numbers), sizeof numbers);
        return {numbers[0], numbers[1], numbers[2]};
    }

    const std::string path_ = testing::TempDir() + "/kpropgw-log-" + std::to_string(::getpid());
};

using LogOfAPrimary = LogFileTest;

TEST_F(LogOfAPrimary, GivesWhatStandsBehindAPosition) {
    const LogFile log = LogFile::open(path_).value();
    const auto updates = log.read_behind(position_of(15)).value();
    EXPECT_EQ(updates.plan.step, FollowStep::read);
    ASSERT_EQ(updates.entries.size(), 3u);
    EXPECT_EQ(updates.entries[0].at, position_of(16));
    EXPECT_EQ(updates.last(), updates.header.last);
    EXPECT_EQ(log.read_behind(position_of(18)).value().plan.step, FollowStep::nothing);
}

TEST_F(LogOfAPrimary, KnowsAnotherLogByTheTimeOfTheUpdateAtThePosition) {
    LogPosition other = position_of(15);
    ++other.microseconds;
    const auto updates = LogFile::open(path_).value().read_behind(other).value();
    EXPECT_EQ(updates.plan.step, FollowStep::full);
    EXPECT_TRUE(updates.entries.empty());
}

TEST_F(LogOfAPrimary, TakesADumpWhereAnUpdateWasNotWrittenToItsEnd) {
    const LogPosition here = position_of(15);
    write_at(40 + 16 % 12 * 2048 + 16, 0);  // update 17, kdb_commit
    EXPECT_EQ(LogFile::open(path_).value().read_behind(here).value().plan.step, FollowStep::full);
}

TEST_F(LogOfAPrimary, SeesWhatAnotherProgramWritesAndThatAnotherFileTookItsPlace) {
    const LogFile log = LogFile::open(path_).value();
    const auto before = log.look().value();
    EXPECT_EQ(log.look().value(), before);
    write_at(32, 19);
    EXPECT_NE(log.look().value(), before);
    EXPECT_FALSE(log.is_replaced());
    std::filesystem::copy_file(path_, path_ + ".new");
    std::filesystem::rename(path_ + ".new", path_);
    EXPECT_TRUE(log.is_replaced());
    std::filesystem::remove(path_);
    EXPECT_TRUE(log.is_replaced());
}

/// MIT's programs hold it while they write.
TEST_F(LogOfAPrimary, WaitsForTheLockOfAWriter) {
    const int writer = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    struct flock whole {};
    whole.l_type = F_WRLCK;
    ASSERT_EQ(::fcntl(writer, F_OFD_SETLK, &whole), 0);
    std::atomic<bool> released = false;
    std::thread releaser([&] {
        std::this_thread::sleep_for(100ms);
        released = true;
        ::close(writer);
    });
    const auto updates = LogFile::open(path_).value().read_behind(LogPosition{18, 0, 0});
    EXPECT_TRUE(released);
    EXPECT_TRUE(updates);
    releaser.join();
}

}  // namespace
}  // namespace kpropgw::inbound
