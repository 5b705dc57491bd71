#include "formats/hex_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace kpropgw::formats {
namespace {

/// All that this processor can do.
std::vector<HexCheck> usable_checks() {
    std::vector<HexCheck> usable;
    std::copy_if(hex_checks().begin(), hex_checks().end(), std::back_inserter(usable),
                 [](const HexCheck& check) { return check.usable(); });
    return usable;
}

class HexCheckTest : public testing::TestWithParam<HexCheck> {};

TEST_P(HexCheckTest, AnswersAsTheScalarOneForEveryByteAtEveryPlace) {
    const auto scalar = hex_checks().front().all_lower_hex;
    const std::string digits = "0123456789abcdef0123456789abcdeffedcba98765432100123456789abcdef0123456789abcdef";
    for (std::size_t size = 1; size <= digits.size(); ++size) {
        ASSERT_TRUE(GetParam().all_lower_hex(digits.data(), size)) << size;
        for (std::size_t at = 0; at < size; ++at) {
            std::string text = digits.substr(0, size);
            for (int byte = 0; byte < 256; ++byte) {
                text[at] = static_cast<char>(byte);
                ASSERT_EQ(GetParam().all_lower_hex(text.data(), size), scalar(text.data(), size))
                    << size << ' ' << at << ' ' << byte;
            }
        }
    }
}

TEST(ScalarHexCheck, KnowsTheSixteenDigits) {
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        const bool digit = std::string_view("0123456789abcdef").find(c) != std::string_view::npos;
        EXPECT_EQ(hex_checks().front().all_lower_hex(&c, 1), digit) << byte;
    }
}

TEST_P(HexCheckTest, FindsNothingWrongInNothing) {
    EXPECT_TRUE(GetParam().all_lower_hex("", 0));
}

INSTANTIATE_TEST_SUITE_P(Ways, HexCheckTest, testing::ValuesIn(usable_checks()),
                         [](const auto& way) { return std::string(way.param.name); });

}  // namespace
}  // namespace kpropgw::formats
