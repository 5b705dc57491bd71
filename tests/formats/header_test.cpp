#include <gtest/gtest.h>

#include "tests/formats/dumps.hpp"

namespace kpropgw::formats {
namespace {

struct Beginning {
    std::string name;
    std::string text;
    std::string error;
};

class DumpHeader : public testing::TestWithParam<Beginning> {};

TEST_P(DumpHeader, IsRefusedWithTheWayOut) {
    EXPECT_EQ(error_of(GetParam().text), "dump:1: " + GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Refused, DumpHeader,
    testing::Values(
        Beginning{"Empty", "", "the file is empty: the dump failed or was cut; make it again"},
        Beginning{"Cut", "kdb5_util load_dump ver", "the dump ends inside its first line: it was cut; make it again"},
        Beginning{"WithoutNewline", "kdb5_util load_dump version 7",
                  "the dump ends inside its first line: it was cut; make it again"},
        Beginning{"CrLf", "kdb5_util load_dump version 7\r\nprinc\r\n",
                  "lines end in CR LF, which kdb5_util refuses; take the CRs out (a transfer in binary adds none)"},
        Beginning{"TrailingBlank", "kdb5_util load_dump version 7 \n",
                  "the first line has white space at its end, which kdb5_util refuses; take it out"},
        Beginning{
            "Ebcdic",
            "\x92\x84\x82\xf5\x6d\xa4\xa3\x89\x93\x40\x93\x96\x81\x84\x6d\x84\xa4\x94\x97\x40\xa5\x85\x99\xa2\x89"
            "\x96\x95\x40\xf7\x15",
            "the dump is in an EBCDIC code page; convert it to UTF-8 first, which kpropgw does when told the code "
            "page"},
        Beginning{"ByteOrderMark", "\xef\xbb\xbfkdb5_util load_dump version 7\n",
                  "the file begins with a byte order mark, which kdb5_util refuses; take it out"},
        Beginning{
            "Version1", "kdb5_edit load_dump version 1.0\n",
            "a version 1 dump (kdb5_edit, before krb5 1.0) is not read; load it with the release that wrote it and "
            "dump again"},
        Beginning{"Version2", "kdb5_edit load_dump version 2.0\n",
                  "a version 2 dump (-old) is not read; load it with krb5 1.2 or older and dump again without -old"},
        Beginning{"Version3", "kdb5_edit load_dump version 3.0\n",
                  "a version 3 dump (-b6) is not read; load it with krb5 1.2 or older and dump again without -b6"},
        Beginning{
            "Version8", "kdb5_util load_dump version 8\n",
            "this version of the dump is not known; dump again with -r18, or with kdb5_util of krb5 1.11 to 1.22"},
        Beginning{
            "Version70", "kdb5_util load_dump version 70\n",
            "this version of the dump is not known; dump again with -r18, or with kdb5_util of krb5 1.11 to 1.22"},
        Beginning{"OpenVSecure", "OpenV*Secure V1.0\t\n",
                  "an OpenV*Secure dump (-ov) holds only policies and histories, no keys; dump again without -ov"},
        Beginning{"IpropOfTwoNumbers", "iprop 5 1700000000\n", "the line ends before the microseconds: it was cut"},
        Beginning{"IpropxOfThreeNumbers", "ipropx 1 5 1700000000\n",
                  "the line ends before the microseconds: it was cut"},
        Beginning{"IpropxOfFiveNumbers", "ipropx 1 5 1700000000 1 1\n", "the line goes on after its last field"},
        Beginning{"Ipropx2", "ipropx 2 5 1700000000 1\n", "the version of ipropx 2 is not in 0 to 1"},
        Beginning{"IpropOfLetters", "iprop five 1700000000 1\n", "the serial is not a number"},
        Beginning{"Iproper", "iproper 5 1700000000 1\n",
                  "this is no dump of kdb5_util: its first line must be \"kdb5_util load_dump version N\" with N from "
                  "4 to 7, or iprop's"},
        Beginning{
            "SomethingElse", "root:x:0:0::/root:/bin/sh\n",
            "this is no dump of kdb5_util: its first line must be \"kdb5_util load_dump version N\" with N from 4 "
            "to 7, or iprop's"},
        Beginning{
            "Binary", std::string(100000, '\0'),
            "this is no dump of kdb5_util: its first line must be \"kdb5_util load_dump version N\" with N from 4 "
            "to 7, or iprop's"}),
    [](const auto& beginning) { return beginning.param.name; });

TEST(DumpHeaderOf, ADumpForIpropHasAPosition) {
    const auto position_of = [](std::string text) {
        const auto reader = DumpReader::open(pieces_of(std::move(text)), "dump").value();
        return std::pair(reader.version(), reader.position());
    };
    const LogPosition position{5, 1700000000, 4294967295};
    EXPECT_EQ(position_of("iprop 5 1700000000 4294967295\n"), std::pair(DumpVersion::iprop, std::optional(position)));
    EXPECT_EQ(position_of("ipropx 1 5 1700000000 4294967295\n"),
              std::pair(DumpVersion::ipropx, std::optional(position)));
    EXPECT_EQ(position_of("ipropx 0 5 1700000000 4294967295\n"),
              std::pair(DumpVersion::iprop, std::optional(position)));
    EXPECT_EQ(position_of("kdb5_util load_dump version 5\n"), std::pair(DumpVersion::v5, std::optional<LogPosition>()));
}

TEST(DumpHeaderOf, EachVersionIsRecognised) {
    for (const auto version : all_versions) {
        const auto reader = DumpReader::open(pieces_of(header_line(version), 1), "dump");
        ASSERT_TRUE(reader) << reader.error();
        EXPECT_EQ(reader->version(), version);
        EXPECT_EQ(reader->line(), 1u);
    }
}

}  // namespace
}  // namespace kpropgw::formats
