#include "gateway/wire/kprop.hpp"

#include <gtest/gtest.h>

namespace kpropgw::wire {
namespace {

using namespace std::string_view_literals;

TEST(KpropWire, TheVersionStringsCarryTheirNul) {
    EXPECT_EQ(sendauth_version, "KRB5_SENDAUTH_V1.0\0"sv);
    EXPECT_EQ(application_version, "kprop5_01\0"sv);
}

TEST(KpropWire, ASizeOf32BitsTakesFourOctets) {
    EXPECT_EQ(size_message(5323), "\0\0\x14\xcb"sv);
    EXPECT_EQ(size_message(0xffffffff), "\xff\xff\xff\xff"sv);
}

TEST(KpropWire, ALargerSizeAndNoneTakeTwelve) {
    EXPECT_EQ(size_message(0x100000000), "\0\0\0\0\0\0\0\x01\0\0\0\0"sv);
    EXPECT_EQ(size_message(0), "\0\0\0\0\0\0\0\0\0\0\0\0"sv);
}

TEST(KpropWire, ReadsTheSizesThatItWrites) {
    for (const std::uint64_t size : {0ull, 1ull, 32768ull, 0xffffffffull, 0x100000000ull, 0xffffffffffffffffull}) {
        EXPECT_EQ(parse_size_message(size_message(size)).value(), size);
    }
}

TEST(KpropWire, RefusesSizesThatMitRefuses) {
    EXPECT_FALSE(parse_size_message("\0\0\0\0\0\0\0\0\0\0\0\x01"sv)) << "fits in 32 bits";
    EXPECT_FALSE(parse_size_message("\0\0\0\x01\0\0\0\x01\0\0\0\0"sv)) << "first word";
    for (const std::size_t length : {0u, 1u, 3u, 5u, 8u, 11u, 13u})
        EXPECT_FALSE(parse_size_message(std::string(length, '\0')));
}

TEST(KpropWire, AFrameIsLimitedBeforeItIsAllocated) {
    const std::array<char, 4> header = {'\xff', '\xff', '\xff', '\xff'};
    EXPECT_EQ(parse_frame_header(header, 1024).error().text(),
              "a message of 4294967295 bytes exceeds the limit of 1024 bytes");
    EXPECT_EQ(parse_frame_header(frame_header(1024), 1024).value(), 1024u);
}

TEST(KpropWire, KnowsAnErrorByItsFirstOctet) {
    EXPECT_TRUE(is_error_message("\x7e\x00"sv));
    EXPECT_FALSE(is_error_message("\x6e\x00"sv));
    EXPECT_FALSE(is_error_message(""));
}

}  // namespace
}  // namespace kpropgw::wire
