// What kdb5_util wrote goes through the registry and comes out as kdb5_util writes it.
#include "gateway/outbound/rendered_dump.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "gateway/store/intake.hpp"
#include "gateway/store/lmdb_store.hpp"

namespace kpropgw::outbound {
namespace {

namespace fs = std::filesystem;
using formats::DumpVersion;

constexpr std::size_t limit = 64u << 20;

fs::path golden(const std::string& name, DumpVersion version) {
    return fs::path(KPROPGW_SOURCE_DIR) / "tests/golden/dumps" /
           (name + ".v" + std::to_string(static_cast<int>(version)));
}

std::vector<std::string> golden_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(fs::path(KPROPGW_SOURCE_DIR) / "tests/golden/dumps")) {
        if (entry.path().extension() == ".v7") names.push_back(entry.path().stem().string());
    }
    return names;
}

std::string content(const File& file) {
    std::string bytes(file.size().value(), '\0');
    EXPECT_EQ(file.read_at(0, bytes).value(), bytes.size());
    return bytes;
}

class RenderedDumpTest : public testing::Test {
protected:
    RenderedDumpTest() : directory_(fs::path(testing::TempDir()) / ("rendered-" + std::to_string(::getpid()))) {
        fs::remove_all(directory_);
        store_ = std::move(store::open_lmdb(directory_.string()).value());
    }
    ~RenderedDumpTest() override {
        store_.reset();
        fs::remove_all(directory_);
    }

    void take(const fs::path& path) {
        const File dump = File::open_for_reading(path.string()).value();
        auto taken =
            store::take_in(*store_, dump, {path.filename().string(), "primary.x", "EXAMPLE.COM"}, system_clock());
        ASSERT_TRUE(taken) << taken.error();
    }

    void renew() {
        store_.reset();
        fs::remove_all(directory_);
        store_ = std::move(store::open_lmdb(directory_.string()).value());
    }

    fs::path directory_;
    std::unique_ptr<store::Store> store_;
};

TEST_F(RenderedDumpTest, EachVersionComesOutInItselfAndEachOlderOneByteForByte) {
    ASSERT_FALSE(golden_names().empty());
    for (const std::string& name : golden_names()) {
        for (const DumpVersion from : {DumpVersion::v7, DumpVersion::v6, DumpVersion::v5, DumpVersion::v4}) {
            renew();
            take(golden(name, from));
            for (const DumpVersion to : {DumpVersion::v7, DumpVersion::v6, DumpVersion::v5, DumpVersion::v4}) {
                if (to > from) continue;
                const RenderedDump dump = render(*store_, to).value();
                const std::string text = content(dump.file);
                EXPECT_EQ(text.size(), dump.size);
                EXPECT_TRUE(text == read_file(golden(name, to).string(), limit).value())
                    << name << " from version " << static_cast<int>(from) << " to " << static_cast<int>(to);
            }
        }
    }
}

TEST_F(RenderedDumpTest, AnOlderVersionOfWhatIsHeldChangesNothing) {
    for (const std::string& name : golden_names()) {
        renew();
        take(golden(name, DumpVersion::v7));
        for (const DumpVersion version : {DumpVersion::v4, DumpVersion::v5, DumpVersion::v6})
            take(golden(name, version));
        const RenderedDump dump = render(*store_, DumpVersion::v7).value();
        EXPECT_EQ(dump.serial, Serial{1}) << name;
        EXPECT_TRUE(content(dump.file) == read_file(golden(name, DumpVersion::v7).string(), limit).value()) << name;
    }
}

TEST_F(RenderedDumpTest, NothingOfItStaysOnDisk) {
    take(golden(golden_names().front(), DumpVersion::v7));
    const RenderedDump dump = render(*store_, DumpVersion::v7).value();
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(directory_))
        ++files;
    EXPECT_EQ(files, 3u) << "LMDB's two and the lock";
}

}  // namespace
}  // namespace kpropgw::outbound
