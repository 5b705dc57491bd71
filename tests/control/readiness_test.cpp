#include "gateway/control/readiness.hpp"

#include <gtest/gtest.h>

#include "tests/control/fixture.hpp"

using namespace kpropgw;
using namespace kpropgw::control;

namespace {

Status sound_status() {
    Status status = full_status();
    status.acl_problem.reset();
    status.source.last_error.reset();
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
    Status other_acl = sound_status();
    other_acl.acl_problem = "kpropd.acl:3:9: role \"Replce\" is not known";
    EXPECT_FALSE(is_ready(readiness_of(other_acl, true)));
    Status silent = sound_status();
    silent.source.last_error = "kdc1 does not answer";
    EXPECT_FALSE(is_ready(readiness_of(silent, true)));
    EXPECT_FALSE(is_ready(readiness_of(Error(Errc::internal, "the store is away"), true)));
}

TEST(Readiness, TheReasonsAreJson) {
    EXPECT_EQ(to_json(readiness_of(Error(Errc::internal, "the store is \"away\""), true)),
              R"({"ready":false,"checks":[{"name":"registry","ok":false,"problem":"the store is \"away\""},)"
              R"({"name":"doors","ok":true,"problem":""}]})");
}

}  // namespace
