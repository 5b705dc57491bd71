#include "base/output_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace kpropgw {
namespace {

namespace fs = std::filesystem;

class OutputFileTest : public ::testing::Test {
protected:
    OutputFileTest() {
        std::string name = testing::TempDir() + "/output-XXXXXX";
        folder_ = ::mkdtemp(name.data());
        path_ = (folder_ / "dump").string();
    }
    ~OutputFileTest() override { fs::remove_all(folder_); }

    std::string content() const { return read_file(path_, 10u << 20).value(); }
    std::size_t names() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    fs::path folder_;
    std::string path_;
};

TEST_F(OutputFileTest, AppearsWhenItIsWhole) {
    std::ofstream(path_) << "old";
    auto file = OutputFile::create(path_).value();
    const std::string much(1u << 20, 'x');
    ASSERT_TRUE(file.write("new "));
    ASSERT_TRUE(file.write(much));
    EXPECT_EQ(content(), "old");
    ASSERT_TRUE(file.commit());
    EXPECT_EQ(content(), "new " + much);
    EXPECT_EQ(names(), 1u);
    struct stat found {};
    ASSERT_EQ(::stat(path_.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777u, 0600u);
}

TEST_F(OutputFileTest, LeavesNothingWithoutCommit) {
    {
        auto file = OutputFile::create(path_).value();
        ASSERT_TRUE(file.write("half"));
    }
    EXPECT_EQ(names(), 0u);
}

TEST_F(OutputFileTest, ReplacesTheFileBehindALinkAndNotTheLink) {
    std::ofstream(folder_ / "target") << "old";
    fs::create_symlink("target", path_);
    auto file = OutputFile::create(path_, 0644).value();
    ASSERT_TRUE(file.write("new"));
    ASSERT_TRUE(file.commit());
    EXPECT_TRUE(fs::is_symlink(path_));
    EXPECT_EQ(read_file((folder_ / "target").string(), 10).value(), "new");
}

TEST_F(OutputFileTest, NeverTakesTheTemporaryNameOfAnother) {
    std::ofstream(fmt::format("{}.{:06x}", path_, ::getpid() & 0xffffff)) << "another's";
    auto file = OutputFile::create(path_).value();
    ASSERT_TRUE(file.write("mine"));
    ASSERT_TRUE(file.commit());
    EXPECT_EQ(content(), "mine");
    EXPECT_EQ(names(), 2u);
}

TEST_F(OutputFileTest, WritesADeviceAndLeavesItOne) {
    auto file = OutputFile::create("/dev/null").value();
    ASSERT_TRUE(file.write("gone"));
    ASSERT_TRUE(file.commit());
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST_F(OutputFileTest, SaysThatTheDiskIsFull) {
    auto file = OutputFile::create("/dev/full").value();
    const std::string much(1u << 20, 'x');
    EXPECT_EQ(file.write(much).error().text(), "/dev/full: write: No space left on device");
}

TEST_F(OutputFileTest, SaysWhereItCannotBe) {
    const std::string path = (folder_ / "absent" / "dump").string();
    EXPECT_EQ(OutputFile::create(path).error().text(), path + ": No such file or directory");
}

}  // namespace
}  // namespace kpropgw
