#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

namespace kpropgw {
namespace {

namespace fs = std::filesystem;

TEST(File, ANamelessOneIsPrivateAndLeavesNothing) {
    const fs::path directory = fs::path(testing::TempDir()) / "nameless";
    fs::create_directories(directory);
    auto file = File::create_nameless(directory.string()).value();
    ASSERT_TRUE(file.write_all("some bytes"));
    EXPECT_EQ(file.size().value(), 10u);
    std::array<char, 20> buffer{};
    EXPECT_EQ(file.read_at(5, buffer).value(), 5u);
    struct stat found {};
    ASSERT_EQ(::fstat(file.descriptor(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777u, 0600u);
    EXPECT_TRUE(fs::is_empty(directory));
}

TEST(File, ReadingIsLimited) {
    const std::string path = testing::TempDir() + "/limited";
    std::ofstream(path) << std::string(100, 'x');
    EXPECT_EQ(read_file(path, 100).value().size(), 100u);
    EXPECT_EQ(read_file(path, 99).error().text(), path + ": larger than the limit of 99 bytes");
}

TEST(File, SaysWhatIsWrong) {
    EXPECT_EQ(read_file("/nonexistent/file", 10).error().text(), "/nonexistent/file: No such file or directory");
    EXPECT_EQ(read_file("/", 10).error().text(), "/: is a directory, not a file");
}

}  // namespace
}  // namespace kpropgw
