#include "gateway/outbound/update_batch.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <limits>

#include "tests/outbound/small_registry.hpp"
#include "tests/store/intake_fixture.hpp"

namespace kpropgw::outbound {
namespace {

using Batch = std::shared_ptr<const UpdateBatch>;

/// Serials 2 to 7 are changes of u1.
class UpdateBatchTest : public store::IntakeTest {
protected:
    UpdateBatchTest() {
        for (int life = 1; life <= 7; ++life)
            take(needed_ + store::principal("u1@R", life)).value();
    }
    ~UpdateBatchTest() override { workers_.join(); }

    Batch obtain(std::uint64_t after, std::uint64_t last) {
        loop_.restart();
        auto batch = boost::asio::co_spawn(
            loop_,
            batches_.obtain({Serial{after}, Serial{last}, std::numeric_limits<std::uint64_t>::max(), none_skipped_}),
            boost::asio::use_future);
        loop_.run();
        return batch.get().value();
    }

    std::set<Serial> none_skipped_;
    boost::asio::io_context loop_;
    boost::asio::thread_pool workers_{1};
    UpdateBatches batches_{loop_.get_executor(), *store_, workers_, "R", 1u << 20};
};

TEST_F(UpdateBatchTest, HoldsWhatLiesBetween) {
    EXPECT_EQ(obtain(1, 7)->count, 6u);
    EXPECT_EQ(obtain(5, 6)->count, 1u);
    EXPECT_EQ(obtain(5, 6)->last, Serial{6});
}

TEST_F(UpdateBatchTest, IsTheSameForWhoComesWhenTheFirstIsAnswered) {
    Batch batch = obtain(5, 6);
    const std::weak_ptr<const UpdateBatch> first = batch;
    batch.reset();
    batch = obtain(5, 6);
    EXPECT_TRUE(batch == first.lock()) << "it was made twice";
}

TEST_F(UpdateBatchTest, IsMadeAnewWhenThereIsMore) {
    EXPECT_EQ(obtain(5, 6)->count, 1u);
    EXPECT_EQ(obtain(5, 7)->count, 2u);
}

TEST_F(UpdateBatchTest, OnlyTheNewestFewAreKept) {
    const std::weak_ptr<const UpdateBatch> first = obtain(1, 7);
    for (const std::uint64_t after : {2u, 3u, 4u})
        obtain(after, 7);
    EXPECT_FALSE(first.expired());
    obtain(5, 7);
    EXPECT_TRUE(first.expired());
}

/// What MIT 1.8 cannot decode is not sent to it.
UpdateBatch obtain(SmallRegistry& registry, Serial after, bool numbers_of_31_bits) {
    boost::asio::io_context loop;
    boost::asio::thread_pool workers(1);
    UpdateBatches batches(loop.get_executor(), registry.store(), workers, "X.COM", 1u << 20);
    const std::set<Serial> none;
    const std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    auto batch = boost::asio::co_spawn(loop, batches.obtain({after, Serial{all}, all, none, numbers_of_31_bits}),
                                       boost::asio::use_future);
    loop.run();
    const auto made = batch.get().value();
    return {SecretText(), made->last, made->count, made->only_by_dump};
}

TEST(UpdateBatch, LeavesATimeAfter2038ToADumpWhereItCannotBeDecoded) {
    SmallRegistry registry;
    const Serial before = registry.summary().serial;
    registry.take("1900000000", "0");
    registry.take("1900000000", "2208988800");
    const Serial now = registry.summary().serial;
    const UpdateBatch usual = obtain(registry, before, false);
    EXPECT_EQ(usual.count, 2u);
    EXPECT_EQ(usual.only_by_dump, std::nullopt);
    const UpdateBatch older = obtain(registry, before, true);
    EXPECT_EQ(older.count, 1u);
    EXPECT_EQ(older.last.value + 1, now.value);
    EXPECT_EQ(older.only_by_dump, now);
    EXPECT_EQ(obtain(registry, older.last, true).count, 0u);
}

}  // namespace
}  // namespace kpropgw::outbound
