// What MIT 1.8 cannot decode is not sent to it.
#include "gateway/outbound/update_batch.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <filesystem>
#include <limits>

#include "gateway/store/intake.hpp"
#include "gateway/store/lmdb_store.hpp"

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

class UpdateBatchTest : public testing::Test {
protected:
    UpdateBatchTest() : directory_(fs::path(testing::TempDir()) / ("batch-" + std::to_string(::getpid()))) {
        fs::remove_all(directory_);
        fs::create_directories(directory_);
        store_ = std::move(store::open_lmdb((directory_ / "store").string()).value());
        take("0", "0");
    }
    ~UpdateBatchTest() override {
        store_.reset();
        fs::remove_all(directory_);
    }

    /// A registry of two principals, besides what none goes without, that expire then.
    void take(const std::string& one, const std::string& other) {
        std::string dump = "kdb5_util load_dump version 7\n";
        for (const auto& [name, expires] : {std::pair{"K/M@X.COM", std::string("0")},
                                            {"krbtgt/X.COM@X.COM", "0"},
                                            {"one@X.COM", one},
                                            {"two@X.COM", other}})
            dump += fmt::format("princ\t38\t{}\t0\t0\t0\t{}", std::string_view(name).size(), name) + "\t0\t0\t0\t" +
                    expires + "\t0\t0\t0\t0\t-1;\n";
        File file = File::create_nameless(directory_.string()).value();
        ASSERT_TRUE(file.write_all(dump));
        const auto taken = store::take_in(*store_, file, {"dump", "primary.x", "X.COM"}, system_clock());
        ASSERT_TRUE(taken) << taken.error();
    }

    UpdateBatch obtain(Serial after, bool numbers_of_31_bits) {
        asio::io_context loop;
        asio::thread_pool workers(1);
        UpdateBatches batches(loop.get_executor(), *store_, workers, "X.COM", 1u << 20);
        const std::set<Serial> none;
        const std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
        auto batch =
            asio::co_spawn(loop, batches.obtain({after, Serial{all}, all, none, numbers_of_31_bits}), asio::use_future);
        loop.run();
        const auto made = batch.get().value();
        return {SecretText(), made->last, made->count, made->only_by_dump};
    }

    Serial now() { return store_->snapshot().value()->summary().serial; }

    fs::path directory_;
    std::unique_ptr<store::Store> store_;
};

TEST_F(UpdateBatchTest, ATimeAfter2038IsLeftToADumpWhereItCannotBeDecoded) {
    const Serial before = now();
    take("1900000000", "0");
    take("1900000000", "2208988800");
    const UpdateBatch usual = obtain(before, false);
    EXPECT_EQ(usual.count, 2u);
    EXPECT_EQ(usual.only_by_dump, std::nullopt);
    const UpdateBatch older = obtain(before, true);
    EXPECT_EQ(older.count, 1u);
    EXPECT_EQ(older.last.value + 1, now().value);
    EXPECT_EQ(older.only_by_dump, now());
    EXPECT_EQ(obtain(older.last, true).count, 0u);
}

}  // namespace
}  // namespace kpropgw::outbound
