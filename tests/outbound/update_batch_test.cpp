// What MIT 1.8 cannot decode is not sent to it.
#include "gateway/outbound/update_batch.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <limits>

#include "tests/outbound/small_registry.hpp"

namespace kpropgw::outbound {
namespace {

namespace asio = boost::asio;

UpdateBatch obtain(SmallRegistry& registry, Serial after, bool numbers_of_31_bits) {
    asio::io_context loop;
    asio::thread_pool workers(1);
    UpdateBatches batches(loop.get_executor(), registry.store(), workers, "X.COM", 1u << 20);
    const std::set<Serial> none;
    const std::uint64_t all = std::numeric_limits<std::uint64_t>::max();
    auto batch =
        asio::co_spawn(loop, batches.obtain({after, Serial{all}, all, none, numbers_of_31_bits}), asio::use_future);
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
