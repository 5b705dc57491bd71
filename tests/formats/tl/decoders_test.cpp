#include <gmock/gmock.h>

#include <random>

#include "base/hex.hpp"
#include "formats/inspect/names.hpp"
#include "formats/tl/kadm_data.hpp"
#include "formats/tl/master_key_data.hpp"
#include "formats/tl/tl_values.hpp"

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

namespace kpropgw::formats {
namespace {

using namespace std::string_literals;

std::string hex_of(std::string_view bytes) {
    return to_hex(bytes);
}

constexpr std::string_view smallest = "12345c010000000000000000000000000000000200000000";

/// Two old passwords, of one key with a salt and of none.
const std::string with_history =
    "12345c01"
    "00000005" +
    hex_of("fast\0\0\0\0"s) +
    "00000800"
    "00000001"
    "00000002"
    "00000002"
    "00000001"
    "00000002"
    "00000007"
    "00000012"
    "00000004"
    "00000003"
    "00000005"
    "00000003"
    "aabbcc00"
    "00000005"
    "3132333435000000"
    "00000000";

std::string problem_of_kadm_data(std::string_view hex) {
    KadmData data;
    const auto ok = decode_kadm_data(hex, data);
    return ok ? "" : ok.error().text();
}

TEST(KadmData, SmallestHasNoPolicyAndNoHistory) {
    KadmData data;
    ASSERT_TRUE(decode_kadm_data(smallest, data));
    EXPECT_EQ(data, KadmData{});
    std::string written;
    ASSERT_TRUE(append_kadm_data(written, KadmData{}));
    EXPECT_EQ(written, smallest);
}

TEST(KadmData, HistoryKeysAreSeenInPlace) {
    KadmData data;
    const auto ok = decode_kadm_data(with_history, data);
    ASSERT_TRUE(ok) << ok.error();
    EXPECT_EQ(data.policy, "fast");
    EXPECT_EQ(data.aux_attributes, aux_policy);
    EXPECT_EQ(data.next_old, 1u);
    EXPECT_EQ(data.history_kvno, 2u);
    EXPECT_EQ(data.old_sizes, (std::vector<std::uint32_t>{1, 0}));
    ASSERT_EQ(data.old_password(0).size(), 1u);
    EXPECT_EQ(data.old_password(1).size(), 0u);
    const HistoryKey expected{2, 7, 18, 4, "aabbcc", "3132333435"};
    EXPECT_EQ(data.old_password(0)[0], expected);
    EXPECT_GE(data.old_keys[0].key_hex.data(), with_history.data());
    EXPECT_LT(data.old_keys[0].key_hex.data(), with_history.data() + with_history.size());
}

TEST(KadmData, EveryTruncationIsRefused) {
    for (std::size_t size = 0; size < with_history.size(); ++size) {
        EXPECT_THAT(problem_of_kadm_data(with_history.substr(0, size)), StartsWith("KADM_DATA: byte ")) << size;
    }
}

TEST(KadmData, WhatMitWouldNotReadOrWriteIsRefusedWithItsPlace) {
    const auto changed = [](std::size_t byte, std::string_view hex) {
        std::string text = with_history;
        return text.replace(byte * 2, hex.size(), hex);
    };
    EXPECT_THAT(problem_of_kadm_data(changed(0, "12345c02")), HasSubstr("byte 4: the version is not 1"));
    EXPECT_THAT(problem_of_kadm_data(changed(9, "00")), HasSubstr("byte 10: the policy's name holds a NUL byte"));
    EXPECT_THAT(problem_of_kadm_data(changed(12, "41")), HasSubstr("no NUL byte at its end"));
    EXPECT_THAT(problem_of_kadm_data(changed(14, "01")), HasSubstr("padding is not zero"));
    EXPECT_THAT(problem_of_kadm_data(changed(36, "0001")), HasSubstr("version of an old key is beyond 16 bits"));
    EXPECT_THAT(problem_of_kadm_data(changed(63, "04")), HasSubstr("two different lengths"));
    EXPECT_THAT(problem_of_kadm_data(with_history + "00"), HasSubstr("1 bytes follow"));
    EXPECT_THAT(problem_of_kadm_data(changed(8, "zz")), HasSubstr("byte 8: a byte is not hexadecimal"));
}

TEST(KadmData, ACountThatTheBytesCannotHoldIsRefusedBeforeAnythingIsSetAside) {
    KadmData data;
    const auto passwords = decode_kadm_data("12345c0100000000000000000000000000000002ffffffff", data);
    EXPECT_EQ(passwords.error().text(), "KADM_DATA: byte 24: count of old passwords is more than the rest can hold");
    const auto keys = decode_kadm_data("12345c010000000000000000000000000000000200000001ffffffff", data);
    EXPECT_EQ(keys.error().text(), "KADM_DATA: byte 28: count of old keys is more than the rest can hold");
    EXPECT_EQ(data.old_keys.capacity(), 0u);
    EXPECT_THAT(problem_of_kadm_data("12345c01ffffffff00000000"), HasSubstr("does not fit"));
}

TEST(KadmData, ErrorsNeverShowAKey) {
    for (std::size_t byte = 0; byte < with_history.size() / 2; ++byte) {
        std::string text = with_history;
        text.replace(byte * 2, 2, "ff");
        EXPECT_THAT(problem_of_kadm_data(text), Not(HasSubstr("aabbcc"))) << byte;
    }
}

TEST(KadmData, WhatIsWrittenIsReadAgain) {
    const std::uint32_t seed = std::random_device{}();
    std::printf("seed %u\n", seed);
    std::mt19937 random(seed);
    const auto below = [&](std::uint32_t limit) {
        return std::uniform_int_distribution<std::uint32_t>(0, limit - 1)(random);
    };
    const std::string contents(200, 'a');
    KadmData read;
    for (int round = 0; round < 2000; ++round) {
        KadmData data;
        if (below(2)) data.policy = std::string(below(9), 'p');
        data.aux_attributes = static_cast<std::uint32_t>(random());
        data.next_old = static_cast<std::uint32_t>(random());
        data.history_kvno = static_cast<std::uint32_t>(random());
        for (std::uint32_t i = below(4); i > 0; --i) {
            data.old_sizes.push_back(below(4));
            for (std::uint32_t k = 0; k < data.old_sizes.back(); ++k) {
                data.old_keys.push_back({static_cast<std::int16_t>(random()), static_cast<std::uint16_t>(random()),
                                         static_cast<std::int16_t>(random()), static_cast<std::int16_t>(random()),
                                         std::string_view(contents).substr(0, 2 * below(100)),
                                         std::string_view(contents).substr(0, 2 * below(100))});
            }
        }
        std::string written;
        ASSERT_TRUE(append_kadm_data(written, data));
        const auto ok = decode_kadm_data(written, read);
        ASSERT_TRUE(ok) << ok.error();
        ASSERT_EQ(read, data);
    }
}

TEST(KadmData, WhatCannotBeWrittenIsRefused) {
    std::string out;
    KadmData data;
    data.old_sizes = {1};
    EXPECT_THAT(append_kadm_data(out, data).error().text(), HasSubstr("add up"));
    data.old_keys.push_back({1, 1, 18, 0, "abc", ""});
    EXPECT_THAT(append_kadm_data(out, data).error().text(), HasSubstr("whole bytes"));
    const std::string too_long(2 * 65536, '0');
    data.old_keys.back().key_hex = too_long;
    EXPECT_THAT(append_kadm_data(out, data).error().text(), HasSubstr("65,535"));
    KadmData named;
    named.policy = "a\0b"s;
    EXPECT_THAT(append_kadm_data(out, named).error().text(), HasSubstr("NUL"));
    EXPECT_EQ(out, "");
}

TEST(MasterKeyData, IntegersAreLittleEndian) {
    EXPECT_EQ(decode_mkvno("0102").value(), 0x0201);
    EXPECT_EQ(decode_active_master_keys("0100"
                                        "0100"
                                        "00000000"
                                        "0200"
                                        "78563412")
                  .value(),
              (std::vector<ActiveMasterKey>{{1, 0}, {2, 0x12345678}}));
    EXPECT_EQ(decode_master_key_copies("0100"
                                       "0100"
                                       "0200"
                                       "1200"
                                       "0300"
                                       "aabbcc")
                  .value(),
              (std::vector<MasterKeyCopy>{{1, 2, 18, "aabbcc"}}));
}

TEST(MasterKeyData, EveryTruncationIsRefused) {
    const std::string active = "0100010000000000020078563412";
    for (const std::size_t size : {0u, 1u, 2u, 4u, 6u, 15u, 18u, 27u}) {
        EXPECT_FALSE(decode_active_master_keys(active.substr(0, size))) << size;
    }
    const std::string copies =
        "0100010002001200"
        "0300aabbcc";
    for (std::size_t size = 0; size < copies.size(); ++size) {
        EXPECT_FALSE(decode_master_key_copies(copies.substr(0, size))) << size;
    }
    EXPECT_FALSE(decode_mkvno(""));
    EXPECT_FALSE(decode_mkvno("01"));
    EXPECT_FALSE(decode_mkvno("010000"));
    EXPECT_THAT(decode_active_master_keys("0200010000000000").error().text(), HasSubstr("version is not 1"));
}

TEST(TlValues, ATimeIsFourBytes) {
    EXPECT_EQ(decode_time("ffffffff", "LAST_PWD_CHANGE").value(), 0xffffffffu);
    EXPECT_EQ(decode_time("ffffff", "LAST_PWD_CHANGE").error().text(),
              "LAST_PWD_CHANGE: byte 0: time of 4 bytes does not fit, 3 are left");
    EXPECT_FALSE(decode_time("ffffffff00", "LAST_PWD_CHANGE"));
}

TEST(TlValues, TheModifierIsAPrincipal) {
    LastModification last;
    ASSERT_TRUE(decode_last_modification("01000000" + hex_of("a/admin@R\0"s), last));
    EXPECT_EQ(last, (LastModification{1, "a/admin@R"}));
    EXPECT_THAT(decode_last_modification("01000000" + hex_of("a@R@S\0"s), last).error().text(),
                HasSubstr("two realms"));
    EXPECT_THAT(decode_last_modification("01000000" + hex_of("a@R"), last).error().text(), HasSubstr("no NUL byte"));
    EXPECT_FALSE(decode_last_modification("01000000" + hex_of("a@R\0\0"s), last));
    EXPECT_FALSE(decode_last_modification("01000000", last));
}

TEST(TlValues, StringAttributesAreNamesAndValues) {
    EXPECT_TRUE(decode_string_attributes("").value().empty());
    EXPECT_EQ(decode_string_attributes(hex_of("a\0b\0c\0\0"s)).value(),
              (std::vector<StringAttribute>{{"a", "b"}, {"c", ""}}));
    EXPECT_FALSE(decode_string_attributes(hex_of("a\0b"s)));
    EXPECT_FALSE(decode_string_attributes(hex_of("a\0b\0c\0"s)));
}

TEST(TlValues, AnAliasHasATarget) {
    EXPECT_EQ(decode_alias_target(hex_of("user@R\0"s)).value(), "user@R");
    EXPECT_FALSE(decode_alias_target(hex_of("user@R")));
    EXPECT_FALSE(decode_alias_target("00"));
    EXPECT_FALSE(decode_alias_target(""));
}

TEST(Names, AttributesAndSaltTypes) {
    EXPECT_EQ(attribute_names(0), "");
    EXPECT_EQ(attribute_names(0x40 | 0x80), "DISALLOW_ALL_TIX REQUIRES_PRE_AUTH");
    EXPECT_EQ(attribute_names(static_cast<std::int32_t>(0x80800000)), "LOCKDOWN_KEYS 0x80000000");
    EXPECT_EQ(salt_type_name(4), "special");
    EXPECT_EQ(salt_type_name(-1), "-1");
}

}  // namespace
}  // namespace kpropgw::formats
