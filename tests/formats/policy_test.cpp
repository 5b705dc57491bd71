#include <gtest/gtest.h>

#include "formats/record.hpp"

namespace kpropgw::formats {
namespace {

const std::string short_line = "policy\tp\t1\t2\t3\t4\t5\t6";
const std::string middle_line = short_line + "\t7\t8\t9";
const std::string whole = middle_line + "\t10\t11\t12\taes256-cts:normal\t2\t1\t2\tabcd\t-5\t0\t-1";

std::string print(const Policy& policy, DumpVersion version = DumpVersion::v7) {
    std::string line;
    append_policy(line, policy, version);
    return line;
}

std::string error_of(std::string line, DumpVersion version = DumpVersion::v7) {
    Policy policy;
    const auto parsed = parse_policy(line, version, policy);
    return parsed ? "" : parsed.error().text();
}

TEST(Policy, HasEveryFieldOfItsLine) {
    std::string line = whole;
    Policy policy;
    ASSERT_TRUE(parse_policy(line, DumpVersion::v7, policy));
    EXPECT_EQ(policy.name, "p");
    EXPECT_EQ(policy.min_life, 1u);
    EXPECT_EQ(policy.max_life, 2u);
    EXPECT_EQ(policy.min_length, 3u);
    EXPECT_EQ(policy.min_classes, 4u);
    EXPECT_EQ(policy.history, 5u);
    EXPECT_EQ(policy.refcnt, 6u);
    EXPECT_EQ(policy.max_fail, 7u);
    EXPECT_EQ(policy.fail_interval, 8u);
    EXPECT_EQ(policy.lockout_duration, 9u);
    EXPECT_EQ(policy.attributes, 10u);
    EXPECT_EQ(policy.max_ticket_life, 11u);
    EXPECT_EQ(policy.max_renewable_ticket_life, 12u);
    EXPECT_EQ(policy.allowed_keysalts, "aes256-cts:normal");
    EXPECT_EQ(policy.tl, (std::vector<TlData>{{1, "abcd"}, {-5, ""}}));
    EXPECT_EQ(print(policy), whole + "\n");
}

TEST(Policy, HasTheFieldsOfEachVersion) {
    std::string line = whole;
    Policy policy;
    ASSERT_TRUE(parse_policy(line, DumpVersion::v7, policy));
    EXPECT_EQ(print(policy, DumpVersion::v4), short_line + "\n");
    EXPECT_EQ(print(policy, DumpVersion::v5), short_line + "\n");
    EXPECT_EQ(print(policy, DumpVersion::v6), middle_line + "\n");
}

TEST(Policy, OfAnOlderVersionHasTheDefaultsOfWhatItLacks) {
    std::string first = whole;
    std::string second = short_line;
    Policy policy;
    ASSERT_TRUE(parse_policy(first, DumpVersion::v7, policy));
    ASSERT_TRUE(parse_policy(second, DumpVersion::v5, policy));
    EXPECT_EQ(print(policy), short_line + "\t0\t0\t0\t0\t0\t0\t-\t0\n");
}

TEST(Policy, OfTenValuesIsGoodInVersion7) {
    std::string line = middle_line;
    Policy policy;
    ASSERT_TRUE(parse_policy(line, DumpVersion::v7, policy));
    EXPECT_EQ(print(policy), middle_line + "\t0\t0\t0\t-\t0\n");
}

TEST(Policy, PrintsItsNumbersAsSignedOnes) {
    std::string line = "policy p 4294967295 -1 0 0 0 0";
    Policy policy;
    ASSERT_TRUE(parse_policy(line, DumpVersion::v5, policy));
    EXPECT_EQ(policy.min_life, 4294967295u);
    EXPECT_EQ(print(policy, DumpVersion::v5), "policy\tp\t-1\t-1\t0\t0\t0\t0\n");
}

TEST(Policy, IsRefusedWithItsNameAndTheField) {
    const std::string named = "policy \"p\": ";
    EXPECT_EQ(error_of(short_line), named + "the line ends before the maximum failures: it was cut");
    EXPECT_EQ(error_of(middle_line, DumpVersion::v5),
              named + "the line has more fields than a policy of this dump's version");
    EXPECT_EQ(error_of(whole, DumpVersion::v6),
              named + "the line has more fields than a policy of this dump's version");
    EXPECT_EQ(error_of(whole + "\t1"), named + "the line has more fields than a policy of this dump's version");
    EXPECT_EQ(error_of(middle_line + "\t10"), named + "the line ends before the maximum ticket life: it was cut");
    EXPECT_EQ(error_of(middle_line + "\t1\t2\t3\t-\t32768"), named + "the count of tl-data 32768 is not in 0 to 32767");
    EXPECT_EQ(error_of(middle_line + "\t1\t2\t3\t-\t1\t1\t2\tab"),
              named + "tl-data 1: the line ends inside the contents: it was cut");
    EXPECT_EQ(error_of(middle_line + "\t1\t2\t3\t" + std::string(513, 'x') + "\t0"),
              named + "the allowed keysalts of 513 bytes exceeds the limit of 512");
    EXPECT_EQ(error_of("policy\t" + std::string(1024, 'x')), "the name of 1024 bytes exceeds the limit of 1023");
    EXPECT_EQ(error_of("policy\t\x01p\t1"), "the name holds a control character");
    EXPECT_EQ(error_of("policies\tp\t1"), "the line is not a policy's: it does not begin with policy");
    EXPECT_EQ(error_of("policy\twith blank\t1\t2\t3\t4\t5\t6\t7\t8\t9"),
              "policy \"with\": the minimum life is not a number");
}

}  // namespace
}  // namespace kpropgw::formats
