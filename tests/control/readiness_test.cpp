#include "gateway/control/readiness.hpp"

#include <gtest/gtest.h>

#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;

namespace {

Status sound_status() {
    Status status = full_status();
    status.acl_problem.reset();
    return status;
}

TEST(Readiness, AFailingSecondaryIsNoReason) {
    EXPECT_TRUE(is_ready(readiness_of(sound_status(), true)));
}

TEST(Readiness, AnythingElseIsSaid) {
    Status empty = sound_status();
    empty.serial = 0;
    EXPECT_FALSE(is_ready(readiness_of(empty, true)));
    EXPECT_FALSE(is_ready(readiness_of(sound_status(), false)));
    EXPECT_FALSE(is_ready(readiness_of(full_status(), true)));
    EXPECT_FALSE(is_ready(readiness_of(Error(Errc::internal, "the store is away"), true)));
}

TEST(Readiness, TheReasonsAreJson) {
    EXPECT_EQ(to_json(readiness_of(Error(Errc::internal, "the store is \"away\""), true)),
              R"({"ready":false,"checks":[{"name":"registry","ok":false,"problem":"the store is \"away\""},)"
              R"({"name":"doors","ok":true,"problem":""}]})");
}

}  // namespace
