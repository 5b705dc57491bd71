#include <gtest/gtest.h>

#include <array>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/hex.hpp"
#include "base/nearest.hpp"
#include "base/secret.hpp"

namespace kpropgw {
namespace {

TEST(Error, ContextStandsBeforeTheText) {
    const Error error = Error(Errc::not_found, "no such key").in("secondary kdc2");
    EXPECT_EQ(error.text(), "secondary kdc2: no such key");
    EXPECT_EQ(error.code(), Errc::not_found);
}

TEST(Error, KindsHaveSysexits) {
    EXPECT_EQ(exit_status(Errc::invalid_input), 65);
    EXPECT_EQ(exit_status(Errc::not_found), 66);
    EXPECT_EQ(exit_status(Errc::unavailable), 69);
    EXPECT_EQ(exit_status(Errc::denied), 77);
}

TEST(Hex, IsLowerCaseAndTwoDigitsAByte) {
    EXPECT_EQ(to_hex(std::string_view("\0\x0a\xff", 3)), "000aff");
}

TEST(DidYouMean, NamesASlipOfTheHand) {
    constexpr std::array<std::string_view, 3> roles = {"Replace", "Compat", "Primary"};
    EXPECT_EQ(did_you_mean("Replce", roles), "; did you mean \"Replace\"?");
    EXPECT_EQ(did_you_mean("PRIMRY", roles), "; did you mean \"Primary\"?");
    EXPECT_EQ(did_you_mean("elephant", roles), "");
    EXPECT_EQ(did_you_mean(std::string(1000000, 'a'), roles), "");
}

TEST(Secret, GoesWithItsMove) {
    Secret secret(std::string_view("key"));
    const Secret moved = std::move(secret);
    EXPECT_EQ(moved.reveal(), "key");
    EXPECT_EQ(secret.size(), 0u);
}

TEST(Clock, WritesTimesAsPeopleReadThem) {
    EXPECT_EQ(to_text(Time(std::chrono::microseconds(1700000000123456))), "2023-11-14T22:13:20Z");
}

}  // namespace
}  // namespace kpropgw
