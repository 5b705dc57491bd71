#include <gtest/gtest.h>

#include "formats/record.hpp"

namespace kpropgw::formats {
namespace {

const std::string whole =
    "princ\t38\t7\t2\t2\t0\tx/y@A.B\t-1\t36000\t604800\t4294967295\t0\t1700000000\t0\t3"
    "\t2\t5\t0102030400\t3\t0\t-1\t2\t5\t18\t3\t0a0b0c\t4\t2\tabcd\t1\t4\t17\t0\t-1\t-1;";

std::string print(const Principal& principal, DumpVersion version = DumpVersion::v7) {
    std::string line;
    append_principal(line, principal, version);
    return line;
}

std::string error_of(std::string line) {
    Principal principal;
    const auto parsed = parse_principal(line, principal);
    return parsed ? "" : parsed.error().text();
}

/// `whole` with a piece exchanged, which must be in it.
std::string with(const std::string& piece, const std::string& other) {
    std::string line = whole;
    const auto at = line.find(piece);
    EXPECT_NE(at, std::string::npos) << piece;
    return line.replace(at, piece.size(), other);
}

TEST(Principal, HasEveryFieldOfItsLine) {
    std::string line = whole;
    Principal principal;
    ASSERT_TRUE(parse_principal(line, principal));
    EXPECT_EQ(principal.name, "x/y@A.B");
    EXPECT_EQ(principal.realm(), "A.B");
    EXPECT_EQ(principal.attributes, -1);
    EXPECT_EQ(principal.max_life, 36000);
    EXPECT_EQ(principal.max_renewable_life, 604800);
    EXPECT_EQ(principal.expiration, 4294967295u);
    EXPECT_EQ(principal.pw_expiration, 0u);
    EXPECT_EQ(principal.last_success, 1700000000u);
    EXPECT_EQ(principal.last_failed, 0u);
    EXPECT_EQ(principal.fail_auth_count, 3);
    EXPECT_EQ(principal.tl, (std::vector<TlData>{{2, "0102030400"}, {3, ""}}));
    const std::vector<Key> keys{{5, 2, {{18, "0a0b0c"}, {4, "abcd"}}}, {4, 1, {{17, ""}, {}}}};
    EXPECT_EQ(principal.keys, keys);
    EXPECT_EQ(principal.find_tl(3), &principal.tl[1]);
    EXPECT_EQ(principal.find_tl(8), nullptr);
    EXPECT_EQ(print(principal), whole + "\n");
}

TEST(Principal, LosesKadmDataAloneInVersion4) {
    std::string line = whole;
    Principal principal;
    ASSERT_TRUE(parse_principal(line, principal));
    EXPECT_EQ(print(principal, DumpVersion::v6), whole + "\n");
    EXPECT_EQ(print(principal, DumpVersion::v5), whole + "\n");
    std::string expected = with("\t3\t0\t-1\t2", "\t2");
    expected.replace(expected.find("\t7\t2\t2"), 6, "\t7\t1\t2");
    EXPECT_EQ(print(principal, DumpVersion::v4), expected + "\n");
}

TEST(Principal, IsReadInAnySpellingAndPrintedInOne) {
    for (const auto& line :
         {with("\t-1\t36000", "\t4294967295\t036000"), with("4294967295", "-1"), with("0a0b0c", "0A0b0C"),
          with("\t0102030400\t", " \t 0102030400  "), with(";", ";  "), with("princ", " princ "),
          with("\t0\tx/y", " 0\t x/y"), with("\t0\tx/y", "\t0 x/y"), with("B\t-1", "B \t-1")}) {
        std::string copy = line;
        Principal principal;
        const auto parsed = parse_principal(copy, principal);
        ASSERT_TRUE(parsed) << parsed.error() << "\n" << line;
        EXPECT_EQ(print(principal), whole + "\n");
    }
}

TEST(Principal, IsReplacedWholeByTheNextLine) {
    std::string first = whole;
    std::string second = "princ\t38\t3\t0\t0\t0\ta@R\t0\t0\t0\t0\t0\t0\t0\t0\t-1;";
    const std::string expected = second + "\n";
    Principal principal;
    ASSERT_TRUE(parse_principal(first, principal));
    ASSERT_TRUE(parse_principal(second, principal));
    EXPECT_EQ(print(principal), expected);
}

TEST(Principal, FindsItsRealmBehindEscapes) {
    for (const auto& [name, realm] : {std::pair{"a@R", "R"},
                                      {"a\\@b@R", "R"},
                                      {"a\\\\@R", "R"},
                                      {"a\\@b", ""},
                                      {"a", ""},
                                      {"a@", ""},
                                      {"a@R\\@S", "R\\@S"}}) {
        Principal principal;
        principal.name = name;
        EXPECT_EQ(principal.realm(), realm) << name;
    }
}

struct Refused {
    std::string piece;
    std::string other;
    std::string error;
};

class PrincipalRefuses : public testing::TestWithParam<Refused> {};

TEST_P(PrincipalRefuses, WithItsNameAndTheField) {
    const auto& refused = GetParam();
    EXPECT_EQ(error_of(with(refused.piece, refused.other)), refused.error);
}

const std::string named = "principal \"x/y@A.B\": ";

INSTANTIATE_TEST_SUITE_P(
    Fields, PrincipalRefuses,
    testing::Values(
        Refused{"princ\t", "prince\t", "the line is not a principal's: it does not begin with princ"},
        Refused{"\t38\t", "\t39\t", "the base length is 39 and must be 38"},
        Refused{"\t7\t2\t2\t0\t", "\t0\t2\t2\t0\t", "the length of the name 0 is not in 1 to 32766"},
        Refused{"\t7\t2\t2\t0\t", "\t32767\t2\t2\t0\t", "the length of the name 32767 is not in 1 to 32766"},
        Refused{"\t7\t2\t2\t0\t", "\t7\t65536\t2\t0\t", "the count of tl-data 65536 is not in 0 to 65535"},
        Refused{"\t7\t2\t2\t0\t", "\t7\t-1\t2\t0\t", "the count of tl-data -1 is not in 0 to 65535"},
        Refused{"\t7\t2\t2\t0\t", "\t7\t2\t32768\t0\t", "the count of keys 32768 is not in 0 to 32767"},
        Refused{"\t7\t2\t2\t0\t", "\t7\t2\t2\t1\t", "the length of the extra data is 1 and must be 0"},
        Refused{"\t7\t2\t2\t0\t", "\t8\t2\t2\t0\t", "the name does not end after the 8 bytes that its length says"},
        Refused{"\t7\t2\t2\t0\t", "\t6\t2\t2\t0\t", "the name does not end after the 6 bytes that its length says"},
        Refused{"\t7\t2\t2\t0\t", "\t9999\t2\t2\t0\t",
                "the line ends inside the name of 9999 bytes: it was cut, or the length is wrong"},
        Refused{"x/y@A.B", "x@y@A.B",
                "principal \"x@y@A.B\": the name has two realms: an @ inside a component is written \\@"},
        Refused{"x/y@A.B", "x@y/A.B", "principal \"x@y/A.B\": the name has a / in its realm, which is written \\/"},
        Refused{"x/y@A.B", "x/y@A.\\", "principal \"x/y@A.\\\": the name ends in a lone backslash"},
        Refused{"\t-1\t36000", "\t4294967296\t36000",
                named + "the attributes 4294967296 is not in -2147483648 to 4294967295"},
        Refused{"\t-1\t36000", "\t-2147483649\t36000",
                named + "the attributes -2147483649 is not in -2147483648 to 4294967295"},
        Refused{"36000", "10h", named + "the maximum life is not a number"},
        Refused{"\t2\t5\t01", "\t32768\t5\t01", named + "tl-data 1: the type 32768 is not in -32768 to 32767"},
        Refused{"\t2\t5\t01", "\t2\t65536\t01", named + "tl-data 1: the length 65536 is not in 0 to 65535"},
        Refused{"\t2\t5\t01", "\t2\t6\t01",
                named + "tl-data 1: the contents has 10 hexadecimal digits where its length says 12"},
        Refused{"\t2\t5\t01", "\t2\t4\t01",
                named + "tl-data 1: the contents has more than the 8 hexadecimal digits that its length says"},
        Refused{"\t2\t5\t01", "\t2\t5\t0x", named + "tl-data 1: the contents is not hexadecimal at digit 2"},
        Refused{"\t3\t0\t-1", "\t3\t0\t00", named + "tl-data 2: the contents of length 0 is not written -1"},
        Refused{
            "\t3\t0\t-1", "\t32767\t0\t-1",
            named + "tl-data of type 32767 (DB_ARGS) is for the primary alone and no secondary loads it: take it out"},
        Refused{"\t2\t5\t18", "\t3\t5\t18", named + "key 1: the key version 3 is not in 1 to 2"},
        Refused{"\t2\t5\t18", "\t0\t5\t18", named + "key 1: the key version 0 is not in 1 to 2"},
        Refused{"\t2\t5\t18", "\t2\t65536\t18", named + "key 1: the kvno 65536 is not in 0 to 65535"},
        Refused{"\t2\t5\t18", "\t2\t-1\t18", named + "key 1: the kvno -1 is not in 0 to 65535"},
        Refused{"\t2\t5\t18", "\t2\t5\t32768", named + "key 1: the enctype 32768 is not in -32768 to 32767"},
        Refused{"\t3\t0a0b0c", "\t65536\t0a0b0c", named + "key 1: the length of the key 65536 is not in 0 to 65535"},
        Refused{"\t4\t2\tabcd", "\t40000\t2\tabcd", named + "key 1: the salt type 40000 is not in -32768 to 32767"},
        Refused{"\t17\t0\t-1", "\t17\t0\t0", named + "key 2: the key of length 0 is not written -1"},
        Refused{"-1;", "-1", named + "the line ends before its ';': it was cut"},
        Refused{"-1;", "00;", named + "the extra data of length 0 is not written -1"},
        Refused{"-1;", "-1 ;", named + "the last field is not followed by ';'"},
        Refused{";", ";x", named + "the line goes on after its last field"}));

TEST(Principal, IsNotShownFurtherThanItsNameCanReach) {
    const std::string secret = "deadbeef";
    const std::string error = error_of("princ\t38\t18\t0\t0\t0\tx@R\t0\t0\t0\t" + secret + "\t0\t0\t0\t1\t-1;");
    EXPECT_EQ(error.find(secret), std::string::npos) << error;
    EXPECT_NE(error.find("\"x@R...\""), std::string::npos) << error;
}

TEST(Principal, IsRefusedWithANulByteInItsName) {
    std::string line = "princ\t38\t4\t0\t0\t0\ta_@R\t0\t0\t0\t0\t0\t0\t0\t0\t-1;";
    line[line.find('_')] = '\0';
    EXPECT_EQ(error_of(line), "principal \"a\\x00@R\": the name holds a NUL byte, which is written \\0");
}

}  // namespace
}  // namespace kpropgw::formats
