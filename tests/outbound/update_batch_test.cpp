#include "gateway/outbound/update_batch.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <limits>

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

}  // namespace
}  // namespace kpropgw::outbound
