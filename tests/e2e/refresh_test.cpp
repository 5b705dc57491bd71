// kpropgw refresh: the source is asked at once, whatever its poll.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace kpropgw::testing {
namespace {

TEST(Refresh, WithAPrimaryThatPushesSaysThatThereIsNothingToAsk) {
    const Site site{{{"kdc1"}}};
    const auto finished = site.gateway().command({"refresh"});
    EXPECT_EQ(finished.status, 69) << describe({"refresh"}, finished);
    EXPECT_EQ(finished.errors.find("kpropgw: the primary pushes to the gateway by itself"), 0u) << finished.errors;
}

}  // namespace
}  // namespace kpropgw::testing
